using System.Runtime.CompilerServices;
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

    /// <summary>A procedure.</summary>
    public static Contract.Procedure ToContract(this Procedure procedure)
    {
        var answer = new Contract.Procedure
        {
            Code = procedure.Code,
            NameZh = procedure.NameChinese,
            Kind = (Contract.PermitKind)procedure.Kind,
            Event = procedure.Event ?? string.Empty,
            FiledBy = procedure.FiledBy,
            FiledByZh = procedure.FiledByChinese,
            Place = procedure.Place,
            PlaceZh = procedure.PlaceChinese,
            Source = procedure.Source,
        };
        answer.Materials.AddRange(
            procedure.Materials.Select(material => new Contract.Material { Text = material.Text, TextZh = material.TextChinese }));
        return answer;
    }

    /// <summary>A whole rulebook.</summary>
    private static Contract.Rulebook Write(Rulebook rulebook)
    {
        var answer = new Contract.Rulebook { Version = rulebook.Version, EffectiveFrom = rulebook.EffectiveFrom.ToDate() };
        answer.Parameters.AddRange(rulebook.Parameters.Select(Write));
        EntitlementTable? before = null;
        foreach (var (start, table) in rulebook.Entitlements.Values)
        {
            answer.Entitlements.AddRange(table.Cells.Where(cell => before?.Cells.Contains(cell) is not true).Select(cell => Write(start, cell)));
            before = table;
        }

        answer.Remedies.AddRange(rulebook.Remedies.Select(Write));
        answer.Procedures.AddRange(rulebook.Procedures.Select(ToContract));
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

    private static Contract.EntitlementRule Write(DateOnly start, EntitlementCell cell) => new()
    {
        From = start.ToStart(),
        Kind = (Contract.PermitKind)cell.Kind,
        Role = (Contract.SubjectRole)cell.Role,
        Entitlement = (Contract.Entitlement)cell.Decision.Entitlement,
        Decision = (Contract.Decision)cell.Decision.Decision,
        Basis = (Contract.Basis)cell.Decision.Basis,
        Source = cell.Source,
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
