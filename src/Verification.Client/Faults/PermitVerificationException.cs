using Grpc.Core;

namespace Verification.Client;

/// <summary>There is no answer. That says nothing of the permit: it is neither valid nor not valid for it.</summary>
public sealed class PermitVerificationException : Exception
{
    /// <summary>Makes one, as a test double does.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="cause">What was behind it.</param>
    public PermitVerificationException(VerificationFault fault, Exception? cause = null)
        : base(TextOf(fault), cause) => Fault = fault;

    /// <summary>Why.</summary>
    public VerificationFault Fault { get; }

    /// <summary>The stable reason, one of <see cref="VerificationReasons"/>; empty when the failure did not come from the service.</summary>
    public string Reason => Fault.Reason;

    /// <summary>Whether the same call may be answered later. False: the call itself is wrong or not allowed.</summary>
    public bool CouldNotTell => Fault.CouldNotTell;

    /// <summary>How long to wait before another try; null when the service did not say.</summary>
    public TimeSpan? RetryAfter => Fault.RetryAfter;

    internal static PermitVerificationException Of(RpcException failure) => new(VerificationFault.From(failure), failure);

    private static string TextOf(VerificationFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var fields = string.Concat(fault.Violations
            .Where(violation => $"{violation.Field}: {violation.Description}" != fault.Message)
            .Select(violation => $" {violation.Field}: {violation.Description}."));
        return $"{fault.Message} ({(fault.Reason.Length > 0 ? fault.Reason : fault.StatusCode.ToString())}){fields}";
    }
}
