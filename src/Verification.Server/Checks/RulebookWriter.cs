using System.Runtime.CompilerServices;
using Verification.Core.Permits;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>Writes a rulebook as the contract has it.</summary>
internal static class RulebookWriter
{
    // A rulebook never changes; its answer has hundreds of parts. It is shared by all calls, so nobody may change it.
    private static readonly ConditionalWeakTable<Rulebook, Contract.GetRulebookResponse> Answers = [];

    /// <summary>The answer that is a rulebook; one and the same each time.</summary>
    public static Contract.GetRulebookResponse AnswerOf(Rulebook rulebook) =>
        Answers.GetValue(rulebook, known => new Contract.GetRulebookResponse { Rulebook = Write(known) });

    /// <summary>A whole rulebook.</summary>
    private static Contract.Rulebook Write(Rulebook rulebook)
    {
        var answer = new Contract.Rulebook { Version = rulebook.Version, EffectiveFrom = rulebook.EffectiveFrom.ToDate() };
        answer.Parameters.AddRange(rulebook.Parameters.Select(Write));
        answer.Entitlements.AddRange(rulebook.Entitlements.Values.SelectMany(dated => Write(dated.From, dated.Value)));
        answer.Remedies.AddRange(rulebook.Remedies.Select(Write));
        return answer;
    }

    private static Contract.RulebookParameter Write(RulebookParameter parameter)
    {
        var answer = new Contract.RulebookParameter
        {
            Name = parameter.Name,
            Description = $"{parameter.Description} The value applies by {parameter.AppliesBy}.",
        };
        answer.Values.AddRange(parameter.Values.Select(value =>
            new Contract.ParameterValue { From = value.From.ToStart(), Value = value.Value, Source = value.Source }));
        return answer;
    }

    private static IEnumerable<Contract.EntitlementRule> Write(DateOnly start, EntitlementTable table) =>
        from kind in Enum.GetValues<PermitKind>()
        where kind != PermitKind.None
        from role in Enum.GetValues<SubjectRole>()
        from decision in table.Decide(kind, role)
        select new Contract.EntitlementRule
        {
            From = start.ToStart(),
            Kind = (Contract.PermitKind)kind,
            Role = (Contract.SubjectRole)role,
            Entitlement = (Contract.Entitlement)decision.Entitlement,
            Decision = (Contract.Decision)decision.Decision,
            Basis = (Contract.Basis)decision.Basis,
            Source = table.Sources[(int)decision.Entitlement - 1],
        };

    private static Contract.Remedy Write(Remedy remedy)
    {
        var answer = new Contract.Remedy
        {
            Kind = (Contract.PermitKind)remedy.Kind,
            Actor = remedy.Actor,
            ActorZh = remedy.ActorChinese,
            Action = remedy.Action,
            ActionZh = remedy.ActionChinese,
            Source = remedy.Source,
            Reason = (Contract.StatusReason)(1 + int.Log2((int)remedy.Reason)),
        };
        return answer;
    }
}
