using System.Text;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Kinds;

/// <summary>
/// The time between leaving an employer and the transfer 聘用单位变更 to another (policy §3) [A §3.4], with the deferral 个人延期注销
/// that may be asked for once.
/// </summary>
internal sealed record Separation
{
    private readonly WorkResidencePermitRules _rules;
    private readonly DateOnly _leftOn;
    private readonly CancellationDeferred? _deferral;

    public Separation(EmploymentEnded ended, WorkResidencePermitRules rules)
    {
        _rules = rules;
        _leftOn = ended.LeftOn;
    }

    private Separation(Separation separation, CancellationDeferred deferral)
    {
        _rules = separation._rules;
        _leftOn = separation._leftOn;
        _deferral = deferral;
    }

    /// <summary>The last day on which the transfer may be filed.</summary>
    public DateOnly TransferDue => _deferral?.Until ?? FirstDue;

    /// <summary>The last day on which a transfer to any employer may be filed.</summary>
    private DateOnly FirstDue => _leftOn.Plus(_rules.TransferTime.On(_leftOn));

    /// <summary>The last day that a deferral may reach.</summary>
    public DateOnly DeferralLimit => _leftOn.Plus(_rules.DeferralLimit.On(_leftOn));

    /// <summary>The employer that the deferral names; null where there is none.</summary>
    public string? DeferredTo => _deferral?.Employer;

    /// <summary>The notice that holds on a date.</summary>
    public StatusReasons NoticeOn(DateOnly date) =>
        date <= TransferDue ? StatusReasons.EmploymentEnded : StatusReasons.TransferOverdue;

    /// <summary>Why a deferral is not admissible, or null.</summary>
    public Wording? Refuse(CancellationDeferred deferral) =>
        _deferral is not null ? new(
            "Cancellation was deferred already; a deferral is admissible once per separation.", "已办理过延期注销，每次离职只能办理一次。")
        : deferral.On > TransferDue ? new(
            $"A deferral is admissible through {TransferDue:yyyy-MM-dd}.", $"延期注销须在 {TransferDue:yyyy-MM-dd} 之前（含当天）办理。")
        : deferral.Until <= FirstDue || deferral.Until > DeferralLimit
            ? new(
                $"'until' must lie after {FirstDue:yyyy-MM-dd} and not after {DeferralLimit:yyyy-MM-dd}.",
                $"'until' 必须晚于 {FirstDue:yyyy-MM-dd}，且不晚于 {DeferralLimit:yyyy-MM-dd}。")
        : null;

    /// <summary>Why a transfer is not admissible, or null.</summary>
    public Wording? Refuse(EmployerChanged transfer) =>
        transfer.On <= FirstDue ? null
        : transfer.On > TransferDue ? new(
            $"A transfer is admissible through {TransferDue:yyyy-MM-dd}.", $"聘用单位变更须在 {TransferDue:yyyy-MM-dd} 之前（含当天）办理。")
        : !IsSameEmployer(transfer.Employer, _deferral!.Employer)
            ? new(
                $"After {FirstDue:yyyy-MM-dd} a transfer is admissible only to the employer that the deferral names.",
                $"{FirstDue:yyyy-MM-dd} 之后只能变更到延期注销所写的聘用单位。")
        : null;

    /// <summary>The separation after an admissible deferral.</summary>
    public Separation Defer(CancellationDeferred deferral) => new(this, deferral);

    private static bool IsSameEmployer(string left, string right) =>
        left.Normalize(NormalizationForm.FormKC).Trim() == right.Normalize(NormalizationForm.FormKC).Trim();
}
