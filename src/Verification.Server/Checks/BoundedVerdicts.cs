using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Errors;
using Verification.Server.Limits;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks;

/// <summary>Decides checks within what an asker may be told: so many wrong guesses, and of no stranger's permit who must bring an identity number.</summary>
internal static class BoundedVerdicts
{
    /// <summary>Decides a check.</summary>
    /// <returns>Why not; null when there is a verdict.</returns>
    public static RpcStatus? TryDecide(in Check check, PermitTimeline? timeline, in Inquiry inquiry, out Verdict verdict)
    {
        if (check.Subject.Identity is null && check.CardEdition is null)
        {
            verdict = Decide(check, timeline, inquiry.View);
            return null;
        }

        return TryGuess(check, timeline, inquiry, out verdict);
    }

    /// <summary>Apart from checks that guess at nothing, as what it hands over is allocated.</summary>
    private static RpcStatus? TryGuess(in Check check, PermitTimeline? timeline, in Inquiry inquiry, out Verdict verdict)
    {
        var asked = check;
        var view = inquiry.View;
        var mustMatch = inquiry.Asker.MustIdentify;
        var refusal = inquiry.Asker.Budget.TryGuess(
            check.Number,
            () =>
            {
                var decided = Decide(asked, timeline, view);
                return new Guess(decided, mustMatch && !MayBeTold(decided, timeline));
            },
            out var guess);
        verdict = guess.Verdict;
        return refusal ?? (guess.IsWithheld ? RpcErrors.IdentityNotMatched() : null);
    }

    private static Verdict Decide(in Check check, PermitTimeline? timeline, StandingView view) =>
        VerdictRules.Decide(check.Number, timeline, check.AsOf, check.Subject, check.CardEdition, view, check.Through);

    /// <summary>
    /// Whether a verdict may be told to who must bring an identity number: where it is the permit's, or where the registry holds none at all
    /// to compare with.
    /// </summary>
    private static bool MayBeTold(in Verdict verdict, PermitTimeline? timeline) =>
        verdict.SubjectMatch == SubjectMatch.Matched
        || (verdict.SubjectMatch == SubjectMatch.NotChecked && timeline is not { HoldsIdentity: true });
}
