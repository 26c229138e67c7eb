using System.Diagnostics.CodeAnalysis;
using Verification.Server.Checks.AtOnce;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.Batches;

/// <summary>One check of a batch as it came.</summary>
/// <param name="Plain">The check, where it is plain.</param>
/// <param name="Message">Its message, where it is not.</param>
internal readonly record struct BatchEntry(PlainCheck Plain, Contract.VerifyPermitRequest? Message)
{
    /// <summary>Whether it is plain.</summary>
    [MemberNotNullWhen(false, nameof(Message))]
    public bool IsPlain => Message is null;
}
