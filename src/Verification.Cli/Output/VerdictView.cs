using Google.Type;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>A verdict for a person.</summary>
internal static class VerdictView
{
    public static void Write(IAnsiConsole console, VerifyPermitResponse answer, IReadOnlyList<Remedy> remedies)
    {
        var verdict = answer.Verdict;
        console.Write(Facts(verdict));
        if (verdict.Entitlements.Count > 0 && verdict.Status != PermitStatus.NotFound)
        {
            console.WriteLine();
            console.Write(Entitlements(verdict));
            console.WriteLine();
            console.Write(Bases(verdict));
        }
        if (remedies.Count > 0)
        {
            console.WriteLine();
            RemedyView.Write(console, remedies);
        }
        console.WriteLine();
        ProvenanceView.Write(console, answer.Provenance);
    }

    private static Grid Facts(Verdict verdict)
    {
        var facts = Layout.Facts();
        // A number that the registry does not know may be an identity number typed in its place.
        facts.AddRow(Layout.Dim(Say("Permit", "证件号码")), Layout.Bold(verdict.PermitNumber));
        if (verdict.Kind != PermitKind.Unspecified)
            facts.Fact(Say("Kind", "种类"), Terms.Of(verdict.Kind).Name);
        var status = Terms.Of(verdict.Status);
        facts.AddRow(Layout.Dim(Say("Status", "状态")), Layout.Coloured(status.Full, StatusColors.Of(verdict.Status)));
        foreach (var (index, reason) in verdict.Reasons.Index())
            facts.Fact(index == 0 ? Say("Reasons", "原因") : "", Terms.Of(reason).Full);
        facts.Fact(Say("As of", "所查日期"), verdict.AsOf.ToText());
        if (verdict.StatusSince is { } since)
            facts.Fact(Say("Since", "始于"), since.ToText());
        if (verdict.Status != PermitStatus.NotFound)
            facts.Fact(Say("Until", "截止"), Until(verdict.StatusUntil));
        if (verdict.ValidUntil is { } validUntil)
            facts.Fact(Say("Valid until", "有效至"), Say($"{validUntil.ToText()} (the first day no longer valid), if nothing further is recorded", $"{validUntil.ToText()}（首个失效日），以不再登记新事项为前提"));
        if (verdict.Throughout is { } throughout)
            facts.AddRow(Layout.Dim(Say("Throughout", "全程有效")), WhetherThroughout(verdict.AsOf, throughout));
        if (verdict.IssuedOn is { } issued)
            facts.Fact(Say("Issued", "签发日期"), issued.ToText());
        if (verdict.ExpiresOn is { } expires)
            facts.Fact(Say("Expires", "到期日期"), Say($"{expires.ToText()} (the first day no longer covered)", $"{expires.ToText()}（期满后的第一天）"));
        if (verdict.SubjectMatch is SubjectMatch.Matched or SubjectMatch.NotMatched)
            facts.Fact(Say("Identity", "身份证件"), Terms.Of(verdict.SubjectMatch).Full);
        if (verdict.CardMatch is not (CardMatch.Unspecified or CardMatch.NotChecked))
            facts.Fact(Say("Card", "证件版次"), Terms.Of(verdict.CardMatch).Full);
        return facts;
    }

    private static Grid Entitlements(Verdict verdict)
    {
        var table = new Grid(new(Say("Entitlement", "待遇"), Breaks: true), new(Say("Decision", "结论")), new(Say("Basis", "依据")));
        foreach (var decision in verdict.Entitlements)
        {
            table.AddRow(
                Layout.Plain(Terms.Of(decision.Entitlement).Name),
                Layout.Coloured(Terms.Of(decision.Decision).Name, StatusColors.Of(decision.Decision)),
                Layout.Plain(Terms.Of(decision.Basis).Short));
        }
        return table;
    }

    /// <summary>What each basis in the table means, once.</summary>
    private static Grid Bases(Verdict verdict)
    {
        var table = Layout.Facts();
        foreach (var basis in verdict.Entitlements.Select(decision => decision.Basis).Distinct().Order())
        {
            var isOfLaterDay = basis == Basis.PermitStatus && verdict.Status == PermitStatus.Valid;
            table.Fact(Terms.Of(basis).Name, isOfLaterDay ? Say("the permit is not valid on every day asked about", "证件在所查期间并非每天有效") : Terms.Of(basis).Meaning);
        }
        return table;
    }

    private static Cell WhetherThroughout(Date from, Throughout throughout)
    {
        var asked = Say($"(asked: every day from {from.ToText()} through {throughout.Through.ToText()})", $"（所查期间：{from.ToText()} 至 {throughout.Through.ToText()}，每一天）");
        return throughout.Valid
            ? Layout.Coloured(Say($"yes {asked}", $"是{asked}"), StatusColors.Of(PermitStatus.Valid))
            : Layout.Coloured(
                Say($"no: {throughout.FirstNotValidOn?.ToText()} is the first day not valid, {Terms.Of(throughout.Status).Name} {asked}", $"否：{throughout.FirstNotValidOn?.ToText()} 为首个失效日，{Terms.Of(throughout.Status).Name}{asked}"),
                StatusColors.Of(throughout.Status));
    }

    private static string Until(Date? until) => until is null
        ? Say("for good, if nothing further is recorded", "长期，以不再登记新事项为前提")
        : Say($"{until.ToText()}, if nothing further is recorded", $"{until.ToText()}，以不再登记新事项为前提");
}
