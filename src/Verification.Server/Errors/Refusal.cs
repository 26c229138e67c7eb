using Google.Protobuf;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Server.Telemetry;

namespace Verification.Server.Errors;

/// <summary>A call, or an item of one, that ends with an error instead of an answer.</summary>
/// <param name="Call">What it is.</param>
/// <param name="Consumer">Who asked; null where nobody was let in.</param>
/// <param name="Number">The permit that was asked about; null where none was, or by no well-formed number.</param>
/// <param name="CheckId">The item's identifier, or that which the call is marked with; otherwise it gets one where it is recorded.</param>
internal readonly record struct Refusal(AuditCall Call, AuditConsumer? Consumer, PermitNumber? Number = null, CheckId? CheckId = null)
{
    private const string NumberField = "permit_number";

    /// <summary>That of a whole request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="message">Its message; null where it was not read, or is one of many.</param>
    public static Refusal Of(HttpContext context, IMessage? message = null) => new(
        context.GetEndpoint()?.Metadata.GetMetadata<AuditedAttribute>()?.Call ?? AuditCall.Other,
        (context.User.Identity as ICaller)?.Recorded,
        NumberIn(message),
        message is null ? null : CallMarks.CurrentId);

    private static PermitNumber? NumberIn(IMessage? message) =>
        message?.Descriptor.FindFieldByName(NumberField)?.Accessor.GetValue(message) is string text && PermitNumber.TryParse(text, out var number)
            ? number
            : null;
}
