using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Server.Messages;
using Contract = Permits.Registry.V1;

namespace Verification.Server.Registration;

/// <summary>
/// Writes recorded events as the contract has them, by the table of events: of identities only whether there is one. What was
/// recorded before identity numbers were refused in text, and for a permit's, is shown without them.
/// </summary>
internal static class EventWriter
{
    /// <summary>A permit's events as the registry holds them, in order of place.</summary>
    public static IEnumerable<Contract.RecordedEvent> Write(PermitHistory history) => history.Events.Select((recorded, index) =>
    {
        var annulledBy = history.AnnulledBy(index + 1);
        return new Contract.RecordedEvent
        {
            Revision = recorded.Revision,
            Event = Write(history.Number, recorded.Event),
            RecordedAt = Timestamp.FromDateTimeOffset(recorded.RecordedAt),
            RecordedBy = recorded.RecordedBy,
            Place = index + 1,
            AnnulledByPlace = annulledBy,
            AnnulledAtRevision = annulledBy == 0 ? 0 : history.Events[annulledBy - 1].Revision,
        };
    });

    /// <summary>What happened, without identity numbers.</summary>
    public static Contract.PermitEvent Write(PermitNumber permit, PermitEvent happening)
    {
        var answer = new Contract.PermitEvent { PermitNumber = permit.ToString(), On = happening.On.ToDate() };
        var type = EventTypes.Of(happening);
        var chosen = Contract.PermitEvent.Descriptor.FindFieldByName(type.Name);
        var message = chosen.MessageType.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields)
        {
            if (field.ValueIn(happening) is { } value)
            {
                Set(message, field, value);
            }
        }

        chosen.Accessor.SetValue(answer, message);
        return answer;
    }

    private static void Set(IMessage message, EventField field, object value)
    {
        // An identity's own field is for what is sent; what is known of a holder has another.
        var target = field.Kind != FieldKind.Identity ? message.Descriptor.FindFieldByName(field.Name)
            : field.Name == "holder_id" ? message.Descriptor.FindFieldByName("holder_on_file")
            : null;
        target?.Accessor.SetValue(message, ToContract(field, value, target));
    }

    private static object ToContract(EventField field, object value, FieldDescriptor target) => field.Kind switch
    {
        FieldKind.Text => IdentityNumberText.Hide((string)value),
        FieldKind.Date => ((DateOnly)value).ToDate(),
        FieldKind.Code => System.Enum.ToObject(target.EnumType.ClrType, value),
        FieldKind.PermitNumber => IdentityNumberText.Hide(value.ToString()!),
        FieldKind.Identity => true,
        _ => value,
    };
}
