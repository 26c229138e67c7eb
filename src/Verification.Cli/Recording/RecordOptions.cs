using System.CommandLine;

namespace Verification.Cli.Recording;

/// <summary>The options that carry an event's fields.</summary>
internal sealed class RecordOptions
{
    public Option<string> Kind { get; } = Create("--kind", "KIND", "issued: the kind of permit, as in work_residence_permit.");

    public Option<string> AppliedOn { get; } = Create("--applied-on", "DATE", "issued: the date of application. Default: the issue date.");

    public Option<string> HolderId { get; } = Create("--holder-id", "ID", "issued: the holder's identity number. Never printed.");

    public Option<string> Employer { get; } =
        Create("--employer", "NAME", "issued, cancellation_deferred, employer_changed: the employer.");

    public Option<string> ValidThrough { get; } =
        Create("--valid-through", "DATE", "issued: the printed last day of a temporary residence permit.");

    public Option<string> Channel { get; } = Create("--channel", "CHANNEL", "inspected: online or window.");

    public Option<string> LeftOn { get; } = Create("--left-on", "DATE", "employment_ended: the last day there. Default: the event's date.");

    public Option<string> Until { get; } = Create("--until", "DATE", "cancellation_deferred: the last day to file the transfer.");

    public Option<string> Procedure { get; } = Create("--procedure", "PROCEDURE", "retained: for what, as in renewal or reissue.");

    public Option<string> Relation { get; } =
        Create("--relation", "RELATION", "dependant_added, dependant_removed: spouse, child or parent.");

    public Option<string> Id { get; } =
        Create("--id", "ID", "dependant_added, dependant_removed: their identity number. Never printed.");

    public Option<string> NewPermit { get; } = Create("--new-permit", "NUMBER", "exchanged: the number of the new permit.");

    public Option<string> Reason { get; } = Create("--reason", "TEXT", "cancelled: why.");

    public IEnumerable<Option<string>> All =>
        [Kind, AppliedOn, HolderId, Employer, ValidThrough, Channel, LeftOn, Until, Procedure, Relation, Id, NewPermit, Reason];

    private static Option<string> Create(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
