
namespace Verification.Server.Access.Consumers;

/// <summary>A credential that lets a consumer in for a time.</summary>
/// <param name="Credential">The credential.</param>
/// <param name="Consumer">Whose it is.</param>
/// <param name="Validity">When it holds.</param>
internal sealed record ConsumerGrant<TCredential>(TCredential Credential, Consumer Consumer, Validity Validity);
