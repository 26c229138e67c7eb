using System.CommandLine;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Cli.Shell;

namespace Verification.Cli.Recording;

/// <summary>The events by the names they have in a registry file, and the fields that each takes.</summary>
internal static class EventForm
{
    private static readonly Dictionary<string, Action<PermitEvent, EventFields, RecordOptions>> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["issued"] = (permit, fields, options) => permit.Issued = ReadIssued(fields, options),
        ["renewed"] = (permit, _, _) => permit.Renewed = new(),
        ["inspected"] = (permit, fields, options) =>
            permit.Inspected = new() { Channel = fields.NeededWord<InspectionChannel>(options.Channel) },
        ["endorsed"] = (permit, _, _) => permit.Endorsed = new(),
        ["extended"] = (permit, _, _) => permit.Extended = new(),
        ["cancelled"] = (permit, fields, options) => permit.Cancelled = new() { Reason = fields.Text(options.Reason) ?? "" },
        ["exchanged"] = (permit, fields, options) => permit.Exchanged = new() { NewPermit = fields.Needed(options.NewPermit) },
        ["employment_ended"] = (permit, fields, options) => permit.EmploymentEnded = new() { LeftOn = fields.Date(options.LeftOn) },
        ["cancellation_deferred"] = (permit, fields, options) => permit.CancellationDeferred = new()
        {
            Until = fields.NeededDate(options.Until),
            Employer = fields.Needed(options.Employer),
        },
        ["employer_changed"] = (permit, fields, options) =>
            permit.EmployerChanged = new() { Employer = fields.Needed(options.Employer) },
        ["retained"] = (permit, fields, options) =>
            permit.Retained = new() { Procedure = fields.NeededWord<RetentionProcedure>(options.Procedure) },
        ["returned"] = (permit, _, _) => permit.Returned = new(),
        ["reissued"] = (permit, _, _) => permit.Reissued = new(),
        ["dependant_added"] = (permit, fields, options) => permit.DependantAdded = new()
        {
            Relation = ReadRelation(fields, options),
            IdNumber = fields.Needed(options.Id),
            IdDocument = fields.Document(options.IdDocument, options.Id),
        },
        ["dependant_removed"] = (permit, fields, options) => permit.DependantRemoved = new()
        {
            Relation = ReadRelation(fields, options),
            IdNumber = fields.Needed(options.Id),
            IdDocument = fields.Document(options.IdDocument, options.Id),
        },
        ["annulled"] = (permit, fields, options) => permit.Annulled = new()
        {
            Target = fields.NeededPlace(options.Target),
            Reason = fields.Needed(options.Reason),
        },
    };

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All => Forms.Keys;

    public static string Names => string.Join(", ", Forms.Keys);

    /// <summary>Fills in what happened.</summary>
    /// <exception cref="UsageException">No such event, a field is missing or wrong, or an option is given that the event does not take.</exception>
    public static void Fill(PermitEvent permit, string eventName, ParseResult parse, RecordOptions options)
    {
        if (!Forms.TryGetValue(eventName, out var fill))
            throw new UsageException(Say($"EVENT must be one of: {Names}", $"EVENT 必须是下列之一：{Names}"));
        var fields = new EventFields(eventName.ToLowerInvariant(), parse);
        fill(permit, fields, options);
        fields.RefuseOthers(options.All);
    }

    private static Issued ReadIssued(EventFields fields, RecordOptions options)
    {
        var kind = fields.NeededWord<PermitKind>(options.Kind);
        return new Issued
        {
            Kind = kind,
            AppliedOn = fields.Date(options.AppliedOn),
            HolderId = fields.Text(options.HolderId) ?? "",
            HolderDocument = fields.Document(options.HolderDocument, options.HolderId),
            Employer = fields.Text(options.Employer) ?? "",
            // Only a temporary permit prints its last day; on another kind the option is refused like one of another event.
            ValidThrough = kind == PermitKind.TemporaryResidencePermit ? fields.NeededDate(options.ValidThrough) : null,
        };
    }

    private static SubjectRole ReadRelation(EventFields fields, RecordOptions options)
    {
        var relation = fields.NeededWord<SubjectRole>(options.Relation);
        return relation != SubjectRole.Holder ? relation : throw new UsageException(Say("--relation must be one of: spouse, child, parent", "--relation 必须是下列之一：spouse, child, parent"));
    }
}
