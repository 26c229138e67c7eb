using System.CommandLine;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Recording;

/// <summary>The options that carry an event's fields.</summary>
internal sealed class RecordOptions
{
    public Option<string> Kind { get; } = Create("--kind", "KIND", Say("issued: the kind of permit, as in work_residence_permit.", "issued：证件种类，例如 work_residence_permit 北京市工作居住证。")).Offering(Code<PermitKind>.Words);

    public Option<string> AppliedOn { get; } = Create("--applied-on", "DATE", Say("issued: the date of application. Default: the issue date.", "issued：申请日期。默认签发日期。"));

    public Option<string> HolderId { get; } = new IdentityOption("--holder-id", Say("issued: the holder's identity number. Never printed.", "issued：持证人身份证件号码；不会显示。"));

    public Option<string> HolderDocument { get; } =
        Create("--holder-document", "DOCUMENT", Say($"issued: the document that --holder-id is of: {Documents}. Default: resident_identity_card.", $"issued：--holder-id 所属的身份证件：{Documents}。默认 resident_identity_card 居民身份证。")).Offering(Code<IdentityDocument>.Words);

    public Option<string> Employer { get; } =
        Create("--employer", "NAME", Say("issued, cancellation_deferred, employer_changed: the employer.", "issued、cancellation_deferred、employer_changed：聘用单位。"));

    public Option<string> ValidThrough { get; } =
        Create("--valid-through", "DATE", Say("issued: the printed last day of a temporary residence permit.", "issued：暂住证证面有效期的最后一天。"));

    public Option<string> Channel { get; } = Create("--channel", "CHANNEL", Say("inspected: online or window.", "inspected：online 网上或 window 窗口。")).Offering(Code<InspectionChannel>.Words);

    public Option<string> LeftOn { get; } = Create("--left-on", "DATE", Say("employment_ended: the last day there. Default: the event's date.", "employment_ended：最后在职日。默认事项日期。"));

    public Option<string> Until { get; } = Create("--until", "DATE", Say("cancellation_deferred: the last day to file the transfer.", "cancellation_deferred：办理变更的最后一天。"));

    public Option<string> Procedure { get; } = Create("--procedure", "PROCEDURE", Say("retained: for what, as in renewal or reissue.", "retained：留置事由，例如 renewal 续签或 reissue 补办。")).Offering(Code<RetentionProcedure>.Words);

    public Option<string> Relation { get; } =
        Create("--relation", "RELATION", Say("dependant_added, dependant_removed: spouse, child or parent.", "dependant_added、dependant_removed：spouse、child 或 parent。")).Offering(Code<SubjectRole>.Words.Skip(1));

    public Option<string> Id { get; } =
        new IdentityOption("--id", Say("dependant_added, dependant_removed: their identity number. Never printed.", "dependant_added、dependant_removed：其身份证件号码；不会显示。"));

    public Option<string> IdDocument { get; } = Create(
        "--id-document", "DOCUMENT", Say("dependant_added, dependant_removed: the document that --id is of, as for --holder-document.", "dependant_added、dependant_removed：--id 所属的身份证件，写法同 --holder-document。")).Offering(Code<IdentityDocument>.Words);

    public Option<string> NewPermit { get; } = Create("--new-permit", "NUMBER", Say("exchanged: the number of the new permit.", "exchanged：新证件号码。"));

    public Option<string> Reason { get; } = Create("--reason", "TEXT", Say("cancelled: why, if it is known. annulled: why; needed.", "cancelled：原因（可省略）。annulled：原因（必填）。"));

    public Option<string> Target { get; } =
        Create("--target", "PLACE", Say("annulled: the place of the event that was recorded by mistake, as 'permitctl history' shows it.", "annulled：误登事项的位置，见 permitctl history。"));

    public IEnumerable<Option<string>> All =>
    [
        Kind, AppliedOn, HolderId, HolderDocument, Employer, ValidThrough, Channel, LeftOn, Until, Procedure, Relation, Id, IdDocument,
        NewPermit, Reason, Target,
    ];

    private static string Documents => string.Join(", ", Code<IdentityDocument>.Words);

    private static Option<string> Create(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
