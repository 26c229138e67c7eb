using Google.Type;
using Permits.Registry.V1;
using Verification.Cli.Input;
using Body = Permits.Registry.V1.PermitEvent.EventOneofCase;

namespace Verification.Cli.Output;

/// <summary>An event in words. Identity numbers are not among them.</summary>
internal static class EventText
{
    public static (Term Name, string Details) Of(PermitEvent recorded) => recorded.EventCase switch
    {
        Body.Issued => (new("issued", "发证"), Issued(recorded.Issued)),
        Body.Renewed => (new("renewed", "续签"), ""),
        Body.Inspected => (new("inspected", "年检"), Word(recorded.Inspected.Channel)),
        Body.Endorsed => (new("endorsed", "签注"), ""),
        Body.Extended => (new("extended"), ""),
        Body.Cancelled => (new("cancelled", "注销"), recorded.Cancelled.Reason),
        Body.Exchanged => (new("exchanged", "卡换证"), $"for {recorded.Exchanged.NewPermit}"),
        Body.EmploymentEnded => (new("employment_ended"), Dated("left on", recorded.EmploymentEnded.LeftOn)),
        Body.CancellationDeferred => (new("cancellation_deferred", "个人延期注销"),
            Join(Dated("until", recorded.CancellationDeferred.Until), recorded.CancellationDeferred.Employer)),
        Body.EmployerChanged => (new("employer_changed", "聘用单位变更"), recorded.EmployerChanged.Employer),
        Body.Retained => (new("retained", "留置"), Word(recorded.Retained.Procedure)),
        Body.Returned => (new("returned"), ""),
        Body.Reissued => (new("reissued", "补办"), ""),
        Body.DependantAdded => (new("dependant_added", "随往人员"), Word(recorded.DependantAdded.Relation)),
        Body.DependantRemoved => (new("dependant_removed", "随往人员"), Word(recorded.DependantRemoved.Relation)),
        _ => (new("(unknown to this version)"), ""),
    };

    private static string Issued(Issued issued) => Join(
        Terms.Of(issued.Kind).Name,
        issued.Employer,
        Dated("applied on", issued.AppliedOn),
        Dated("valid through", issued.ValidThrough),
        issued.HolderOnFile ? "holder on file" : "");

    private static string Word<T>(T value)
        where T : struct, Enum =>
        Code<T>.Name(value).ToLowerInvariant();

    private static string Dated(string words, Date? date) => date is null ? "" : $"{words} {date.ToText()}";

    private static string Join(params string[] parts) => string.Join(", ", parts.Where(part => part.Length > 0));
}
