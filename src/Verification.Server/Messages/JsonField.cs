using Google.Protobuf.Reflection;
using Verification.Server.Limits;

namespace Verification.Server.Messages;

/// <summary>A field of a JSON message.</summary>
/// <param name="descriptor">The field.</param>
/// <param name="message">The messages that are its values; null where they are none.</param>
internal sealed class JsonField(FieldDescriptor descriptor, JsonMessage? message)
{
    private readonly bool _isBatch = descriptor.IsRepeated && descriptor.FullName == Permits.Verification.V1.BatchVerifyPermitsRequest.Descriptor
        .FindFieldByNumber(Permits.Verification.V1.BatchVerifyPermitsRequest.ChecksFieldNumber).FullName;

    /// <summary>The field.</summary>
    public FieldDescriptor Descriptor => descriptor;

    /// <summary>The messages that are its values; null where they are none.</summary>
    public JsonMessage? Message => message;

    /// <summary>The most values that it may have.</summary>
    public int MostValues => _isBatch ? MessageBounds.MaxChecks : MessagePlan.MaxValues;

    /// <summary>Of what a message may set one: the field, or those of which it is one.</summary>
    public object OnlyOne => (object?)descriptor.RealContainingOneof ?? descriptor;

    /// <summary>The names of the fields of which only one may be set; empty where it stands alone.</summary>
    public string Rivals => string.Join(", ", descriptor.RealContainingOneof?.Fields.Select(rival => rival.JsonName) ?? []);

    /// <summary>What is wrong with so many values.</summary>
    public FieldFault TooMany(int values) =>
        _isBatch ? FieldFault.BatchSize(values, MessageBounds.MaxChecks) : FieldFault.TooManyValues(MessagePlan.MaxValues);
}
