namespace Verification.Server.Access.Consumers;

/// <summary>A credential does not let its bearer in. Carries the fault from the scheme that found it to the answer; never the credential.</summary>
/// <param name="fault">Why.</param>
internal sealed class CredentialException(CredentialFault fault) : Exception($"The credential is refused: {fault}.")
{
    /// <summary>Why.</summary>
    public CredentialFault Fault { get; } = fault;
}
