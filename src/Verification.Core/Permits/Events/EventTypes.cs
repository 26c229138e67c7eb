using System.Collections.Frozen;
using System.Collections.Immutable;
using static Verification.Core.Permits.Events.EventField;

namespace Verification.Core.Permits.Events;

/// <summary>
/// All types of events: the table of policy §7. The registry file, the stored form and the contract's reader and writer go by it.
/// </summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<string, EventType> ByName;
    private static readonly FrozenDictionary<Type, EventType> ByHappening;

    static EventTypes()
    {
        ByName = All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        ByHappening = All.ToFrozenDictionary(type => type.Happening);
    }

    /// <summary>The types. Stored fields keep the order given here.</summary>
    public static ImmutableArray<EventType> All { get; } =
    [
        Type(
            "issued",
            (on, v) => new Issued(
                on, (PermitKind)v[0]!, (DateOnly?)v[1], (IdentityDigest?)v[3], (string?)v[4], (DateOnly?)v[5], v[3] is null ? null : Other(v[2])),
            Code("kind", (Issued issued) => issued.Kind).Required(),
            Date("applied_on", (Issued issued) => issued.AppliedOn),
            Document("holder_document", (Issued issued) => issued.HolderDocument),
            Identity("holder_id", (Issued issued) => issued.Holder, _ => SubjectRole.Holder, document: v => v[2]),
            Text("employer", (Issued issued) => issued.Employer),
            Date("valid_through", (Issued issued) => issued.ValidThrough).Required().Only(PermitKind.TemporaryResidencePermit)),
        Type("renewed", (on, _) => new Renewed(on)),
        Type(
            "inspected",
            (on, v) => new Inspected(on, (InspectionChannel)v[0]!),
            Code("channel", (Inspected inspected) => inspected.Channel).Required()),
        Type("endorsed", (on, _) => new Endorsed(on)),
        Type("extended", (on, _) => new Extended(on)),
        Type(
            "cancelled",
            (on, v) => new Cancelled(on, (string?)v[0]),
            Text("reason", (Cancelled cancelled) => cancelled.Reason)),
        Type(
            "exchanged",
            (on, v) => new Exchanged(on, (PermitNumber)v[0]!),
            Permit("new_permit", (Exchanged exchanged) => exchanged.NewPermit).Required()),
        Type(
            "employment_ended",
            (on, v) => new EmploymentEnded(on, (DateOnly?)v[0] ?? on),
            Date("left_on", (EmploymentEnded ended) => ended.LeftOn).UpToOn()),
        Type(
            "cancellation_deferred",
            (on, v) => new CancellationDeferred(on, (DateOnly)v[1]!, (string)v[0]!),
            Text("employer", (CancellationDeferred deferral) => deferral.Employer).Required(),
            Date("until", (CancellationDeferred deferral) => deferral.Until).Required()),
        Type(
            "employer_changed",
            (on, v) => new EmployerChanged(on, (string)v[0]!),
            Text("employer", (EmployerChanged transfer) => transfer.Employer).Required()),
        Type(
            "retained",
            (on, v) => new Retained(on, (RetentionProcedure)v[0]!),
            Code("procedure", (Retained retained) => retained.Procedure).Required()),
        Type("returned", (on, _) => new Returned(on)),
        Type("reissued", (on, _) => new Reissued(on)),
        Type(
            "dependant_added",
            (on, v) => new DependantAdded(on, (SubjectRole)v[0]!, (IdentityDigest)v[2]!, Other(v[1])),
            Code("relation", (DependantAdded added) => added.Relation, except: SubjectRole.Holder).Required(),
            Document("id_document", (DependantAdded added) => added.Document),
            Identity("id_number", (DependantAdded added) => added.Identity, v => (SubjectRole)v[0]!, document: v => v[1]).Required()),
        Type(
            "dependant_removed",
            (on, v) => new DependantRemoved(on, (SubjectRole)v[0]!, (IdentityDigest)v[2]!, Other(v[1])),
            Code("relation", (DependantRemoved removed) => removed.Relation, except: SubjectRole.Holder).Required(),
            Document("id_document", (DependantRemoved removed) => removed.Document),
            Identity("id_number", (DependantRemoved removed) => removed.Identity, v => (SubjectRole)v[0]!, document: v => v[1]).Required()),
        Type(
            "annulled",
            (on, v) => new Annulled(on, (int)v[0]!, (string)v[1]!),
            Number("target", (Annulled annulled) => annulled.Target).Required(),
            Text("reason", (Annulled annulled) => annulled.Reason).Required()),
    ];

    /// <summary>The type of that name; null when there is none.</summary>
    public static EventType? Find(ReadOnlySpan<char> name) =>
        ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var type) ? type : null;

    /// <summary>The type of an event.</summary>
    public static EventType Of(PermitEvent happening) => ByHappening[happening.GetType()];

    /// <summary>A document that is not the one meant where none is named.</summary>
    private static IdentityDocument? Other(object? document) =>
        document is IdentityDocument named and not IdentityDocument.ResidentIdentityCard ? named : null;

    private static EventType Type<TEvent>(string name, Func<DateOnly, object?[], TEvent> create, params EventField[] fields)
        where TEvent : PermitEvent => new(typeof(TEvent), name, create, [.. fields]);
}
