using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>Whether a permit is valid on every day from the date asked about to a last one, both included.</summary>
/// <param name="Through">The last day.</param>
/// <param name="IsValid">Whether it is valid on every day.</param>
/// <param name="FirstNotValidOn">The first day on which it is not; null when it is valid on every day.</param>
/// <param name="Status">The status on that first day; unspecified when it is valid on every day.</param>
public sealed record PermitThroughout(DateOnly Through, bool IsValid, DateOnly? FirstNotValidOn = null, PermitStatus Status = PermitStatus.Unspecified)
{
    internal static PermitThroughout? From(Throughout? message) => message is null
        ? null
        : new(
            message.Through.ToDate() ?? throw AnswerCheck.Broken("it has no last day"),
            message.Valid,
            message.FirstNotValidOn.ToDate(),
            message.Status);
}
