using Google.Type;
using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Rounds;

/// <summary>What all answers of a round rest on. The first answer fixes it.</summary>
/// <param name="AsOf">The date.</param>
/// <param name="Revision">The registry's revision.</param>
/// <param name="Rulebook">The rulebook's version.</param>
internal sealed record RoundBasis(DateOnly AsOf, long Revision, string Rulebook)
{
    /// <summary>The date as the contract has it; shared by all checks.</summary>
    public Date Date { get; } = AsOf.ToDate();

    public static RoundBasis Of(VerifyPermitResponse answer) =>
        new(answer.Verdict.AsOf.ToDateOnly(), answer.Provenance.Revision, answer.Provenance.RulebookVersion);

    /// <summary>Refuses an answer that rests on something else.</summary>
    /// <exception cref="RoundException">It does.</exception>
    public void Check(VerifyPermitResponse answer)
    {
        if (answer.Provenance.RulebookVersion != Rulebook)
        {
            var now = Printable.Of(answer.Provenance.RulebookVersion);
            throw new RoundException(Say(
                $"the service answers under rulebook {now} now, and this round began under {Rulebook}: "
                + "nothing of the new one was written. Begin the round anew; or go on with --resume where a service still has the old one in use, "
                + $"or with --resume --rulebook {Rulebook} (needs role audit)",
                $"服务现在按规则 {now} 答复，而该批次开始时为 {Rulebook}：新规则的结果没有写入。"
                + $"请重新开始；或在仍使用旧规则的服务上用 --resume 继续，或用 --resume --rulebook {Rulebook}（需要 audit 角色）"));
        }
        if (answer.Provenance.Revision != Revision || !answer.Verdict.AsOf.Equals(Date))
            throw new RoundException(Say("the service answered for another date or revision than it was asked for", "服务答复的日期或修订号与所查的不同"));
    }
}
