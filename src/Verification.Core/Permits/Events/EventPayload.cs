using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Core.Permits.Events;

/// <summary>
/// An event's fields besides its name and date, as stores keep them: a JSON object with the field names of a registry file (policy
/// §7), identity numbers as digests. Null stands for an event without fields. All ASCII: other characters are written as escapes, so a store
/// needs no Unicode column for it.
/// </summary>
public static class EventPayload
{
    /// <summary>Writes an event's fields.</summary>
    public static string? Write(PermitEvent happening) => happening switch
    {
        Issued issued => Write(new Fields
        {
            Kind = PermitKindNames.NameOf(issued.Kind),
            AppliedOn = issued.AppliedOn,
            HolderId = issued.Holder?.ToBase64(),
            Employer = issued.Employer,
            ValidThrough = issued.ValidThrough,
        }),
        Inspected inspected => Write(new Fields { Channel = EventWords.WordFor(inspected.Channel) }),
        EmploymentEnded ended => ended.LeftOn == ended.On ? null : Write(new Fields { LeftOn = ended.LeftOn }),
        CancellationDeferred deferral => Write(new Fields { Until = deferral.Until, Employer = deferral.Employer }),
        EmployerChanged transfer => Write(new Fields { Employer = transfer.Employer }),
        Retained retained => Write(new Fields { Procedure = EventWords.WordFor(retained.Procedure) }),
        DependantAdded added => WriteDependant(added.Relation, added.Identity),
        DependantRemoved removed => WriteDependant(removed.Relation, removed.Identity),
        Exchanged exchanged => Write(new Fields { NewPermit = exchanged.NewPermit.ToString() }),
        Cancelled cancelled => cancelled.Reason is null ? null : Write(new Fields { Reason = cancelled.Reason }),
        _ => null,
    };

    /// <summary>Reads an event back.</summary>
    /// <exception cref="FormatException">The fields are damaged, or not those of such an event.</exception>
    public static PermitEvent Read(string name, DateOnly on, string? payload)
    {
        try
        {
            var fields = payload is null ? Fields.None : JsonSerializer.Deserialize(payload, EventPayloadContext.Default.Fields)!;
            return Create(name, on, fields);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The fields of a stored event '{name}' are damaged.", exception);
        }
    }

    private static PermitEvent Create(string name, DateOnly on, Fields fields) => name switch
    {
        "issued" => new Issued(
            on,
            Defined(PermitKindNames.Parse(fields.Kind)),
            fields.AppliedOn,
            fields.HolderId is null ? null : IdentityDigest.FromBase64(fields.HolderId),
            fields.Employer,
            fields.ValidThrough),
        "inspected" => new Inspected(on, EventWords.TryParse(Required(fields.Channel), out InspectionChannel channel) ? channel : throw Damaged()),
        "employment_ended" => new EmploymentEnded(on, fields.LeftOn ?? on),
        "cancellation_deferred" => new CancellationDeferred(on, fields.Until ?? throw Damaged(), Required(fields.Employer)),
        "employer_changed" => new EmployerChanged(on, Required(fields.Employer)),
        "retained" => new Retained(on, EventWords.TryParse(Required(fields.Procedure), out RetentionProcedure procedure) ? procedure : throw Damaged()),
        "dependant_added" => new DependantAdded(on, Relation(fields), IdentityDigest.FromBase64(Required(fields.IdNumber))),
        "dependant_removed" => new DependantRemoved(on, Relation(fields), IdentityDigest.FromBase64(Required(fields.IdNumber))),
        "exchanged" => new Exchanged(on, PermitNumber.FromStored(Required(fields.NewPermit))),
        "cancelled" => new Cancelled(on, fields.Reason),
        "renewed" => new Renewed(on),
        "returned" => new Returned(on),
        "reissued" => new Reissued(on),
        "endorsed" => new Endorsed(on),
        "extended" => new Extended(on),
        _ => throw Damaged(),
    };

    private static PermitKind Defined(PermitKind kind) => kind != PermitKind.None ? kind : throw Damaged();

    private static SubjectRole Relation(Fields fields) =>
        EventWords.TryParse(Required(fields.Relation), out SubjectRole relation) ? relation : throw Damaged();

    private static string Required(string? value) => value ?? throw Damaged();

    private static InvalidOperationException Damaged() => new("A field is missing or has an unknown value.");

    private static string WriteDependant(SubjectRole relation, IdentityDigest identity) =>
        Write(new Fields { Relation = EventWords.WordFor(relation), IdNumber = identity.ToBase64() });

    private static string Write(Fields fields) => JsonSerializer.Serialize(fields, EventPayloadContext.Default.Fields);

    /// <summary>All fields that events have.</summary>
    internal sealed record Fields
    {
        public static readonly Fields None = new();

        public string? Kind { get; init; }

        public DateOnly? AppliedOn { get; init; }

        public string? HolderId { get; init; }

        public string? Employer { get; init; }

        public DateOnly? ValidThrough { get; init; }

        public string? Channel { get; init; }

        public DateOnly? LeftOn { get; init; }

        public DateOnly? Until { get; init; }

        public string? Procedure { get; init; }

        public string? Relation { get; init; }

        public string? IdNumber { get; init; }

        public string? NewPermit { get; init; }

        public string? Reason { get; init; }
    }
}

/// <summary>How fields are written: unknown ones are an error, absent ones are left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(EventPayload.Fields))]
internal sealed partial class EventPayloadContext : JsonSerializerContext;
