using System.CommandLine;
using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Recording;

/// <summary>The options that carry an event's fields.</summary>
internal sealed class RecordOptions
{
    public Option<string> Kind { get; } = Create("--kind", "KIND", "issued: the kind of permit, as in work_residence_permit.");

    public Option<string> AppliedOn { get; } = Create("--applied-on", "DATE", "issued: the date of application. Default: the issue date.");

    public Option<string> HolderId { get; } = new IdentityOption("--holder-id", "issued: the holder's identity number. Never printed.");

    public Option<string> HolderDocument { get; } =
        Create("--holder-document", "DOCUMENT", $"issued: the document that --holder-id is of: {Documents}. Default: resident_identity_card.");

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
        new IdentityOption("--id", "dependant_added, dependant_removed: their identity number. Never printed.");

    public Option<string> IdDocument { get; } = Create(
        "--id-document", "DOCUMENT", "dependant_added, dependant_removed: the document that --id is of, as for --holder-document.");

    public Option<string> NewPermit { get; } = Create("--new-permit", "NUMBER", "exchanged: the number of the new permit.");

    public Option<string> Reason { get; } = Create("--reason", "TEXT", "cancelled: why, if it is known. annulled: why; needed.");

    public Option<string> Target { get; } =
        Create("--target", "PLACE", "annulled: the place of the event that was recorded by mistake, as 'permitctl history' shows it.");

    public IEnumerable<Option<string>> All =>
    [
        Kind, AppliedOn, HolderId, HolderDocument, Employer, ValidThrough, Channel, LeftOn, Until, Procedure, Relation, Id, IdDocument,
        NewPermit, Reason, Target,
    ];

    private static string Documents => string.Join(", ", Code<IdentityDocument>.Words);

    private static Option<string> Create(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
