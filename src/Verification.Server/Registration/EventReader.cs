using Google.Protobuf;
using Google.Protobuf.Reflection;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Dates;
using Verification.Server.Messages;
using Contract = Permits.Registry.V1;
using Date = Google.Type.Date;

namespace Verification.Server.Registration;

/// <summary>
/// Reads an event to record, by the table of events: in the contract an event and its fields have the names that they have there.
/// Identity numbers end here: what comes out holds their digests.
/// </summary>
internal sealed class EventReader(IdentityDigester digester)
{
    private const int MaxTextLength = 1_000;

    private static readonly Months LatestOn = new(12);

    private static readonly OneofDescriptor Happenings = Contract.PermitEvent.Descriptor.Oneofs[0];

    /// <summary>Reads an event. What is wrong with it is noted in <paramref name="fields"/>; the event is then null.</summary>
    public (PermitNumber Permit, PermitEvent? Event) Read(Contract.PermitEvent? request, DateOnly today, FieldReader fields)
    {
        if (request is null)
        {
            fields.Refuse("event", FieldFault.Missing());
            return default;
        }

        var permit = fields.PermitNumber("event.permit_number", request.PermitNumber);
        var on = Date("event.on", request.On, isRequired: true, fields);
        if (on is { } date && date > today.Plus(LatestOn))
        {
            fields.Refuse("event.on", FieldFault.TooFarAhead(date, today.Plus(LatestOn)));
        }

        var chosen = Happenings.Accessor.GetCaseFieldDescriptor(request);
        if (chosen is null)
        {
            fields.Refuse("event", FieldFault.NothingHappened());
            return default;
        }

        var type = EventTypes.Find(chosen.Name) ?? throw new InvalidOperationException($"The event {chosen.Name} has no type.");
        var values = new object?[type.Fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            // A field of one kind of permit follows the field that tells the kind.
            if (type.Fields[i].OnlyFor is not { } kind || values.Contains(kind))
            {
                var given = chosen.MessageType.FindFieldByName(type.Fields[i].Name).Accessor.GetValue((IMessage)chosen.Accessor.GetValue(request));
                values[i] = Read($"event.{chosen.Name}.{type.Fields[i].Name}", type.Fields[i], given, permit, on, values, fields);
            }
        }

        if (fields.IsWrong)
        {
            return default;
        }

        var happening = type.Create(on!.Value, values);
        if (happening is Issued { Kind: var issued } && !permit.CanBeOf(issued))
        {
            fields.Refuse("event.permit_number", FieldFault.NoCreditCode());
        }

        return (permit, happening);
    }

    private static DateOnly? Date(string path, Date? date, bool isRequired, FieldReader fields)
    {
        if (date is null && isRequired)
        {
            fields.Refuse(path, FieldFault.Missing());
        }

        return fields.Date(path, date);
    }

    /// <summary>A date that may not be after the event's.</summary>
    private static DateOnly? DateUpTo(string path, Date? date, DateOnly? on, FieldReader fields)
    {
        var read = fields.Date(path, date);
        if (read is { } day && on is { } latest && day > latest)
        {
            fields.Refuse(path, FieldFault.AfterEvent(day, latest));
        }

        return read;
    }

    private static string? Text(string path, string text, bool isRequired, FieldReader fields)
    {
        if (isRequired && string.IsNullOrWhiteSpace(text))
        {
            fields.Refuse(path, FieldFault.Missing());
        }

        if (text.Length > MaxTextLength)
        {
            fields.Refuse(path, FieldFault.TextTooLong(text.Length, MaxTextLength));
        }
        else if (IdentityNumberText.IsIn(text))
        {
            fields.Refuse(path, FieldFault.IdentityInText());
        }

        return text.Length == 0 ? null : text;
    }

    private static object? Code(string path, EventField field, int number, FieldReader fields)
    {
        if (number == 0 && !field.IsRequired)
        {
            return null;
        }

        var code = field.FromNumber(number);
        if (code is null)
        {
            fields.Refuse(path, FieldFault.UnknownCode(number, new($"it {field.Rule.English}", field.Rule.Chinese)));
        }

        return code;
    }

    private static int Number(string path, int number, FieldReader fields)
    {
        if (number < 1)
        {
            fields.Refuse(path, FieldFault.NoPlace());
        }

        return number;
    }

    private object? Read(
        string path, EventField field, object? given, PermitNumber permit, DateOnly? on, object?[] values, FieldReader fields) => field.Kind switch
        {
            FieldKind.Text => Text(path, (string)given!, field.IsRequired, fields),
            FieldKind.Date when field.IsUpToOn => DateUpTo(path, (Date?)given, on, fields),
            FieldKind.Date => Date(path, (Date?)given, field.IsRequired, fields),
            FieldKind.Code => Code(path, field, (int)given!, fields),
            FieldKind.PermitNumber => fields.PermitNumber(path, (string)given!),
            FieldKind.Identity => Identity(path, field, (string)given!, permit, values, fields),
            FieldKind.Number => Number(path, (int)given!, fields),
            _ => throw new InvalidOperationException($"Fields of kind {field.Kind} have no reader."),
        };

    private IdentityDigest? Identity(
        string path, EventField field, string text, PermitNumber permit, object?[] values, FieldReader fields)
    {
        if (text.Length == 0 && field.IsRequired)
        {
            fields.Refuse(path, FieldFault.Missing());
        }

        // Where anything is wrong there is nothing to digest for.
        return fields.IdentityNumber(path, text, field.DocumentIn(values)) is { } number && !fields.IsWrong
            ? field.Digest(digester, permit, values, number)
            : null;
    }
}
