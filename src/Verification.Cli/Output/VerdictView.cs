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
        facts.AddRow(Layout.Dim("Permit"), Layout.Bold(verdict.PermitNumber));
        if (verdict.Kind != PermitKind.Unspecified)
            facts.Fact("Kind", Terms.Of(verdict.Kind).Name);
        var status = Terms.Of(verdict.Status);
        facts.AddRow(Layout.Dim("Status"), Layout.Coloured(status.Full, StatusColors.Of(verdict.Status)));
        foreach (var (index, reason) in verdict.Reasons.Index())
            facts.Fact(index == 0 ? "Reasons" : "", Terms.Of(reason).Full);
        facts.Fact("As of", verdict.AsOf.ToText());
        if (verdict.StatusSince is { } since)
            facts.Fact("Since", since.ToText());
        if (verdict.Status != PermitStatus.NotFound)
            facts.Fact("Until", Until(verdict.StatusUntil));
        if (verdict.ValidUntil is { } validUntil)
            facts.Fact("Valid until", $"{validUntil.ToText()} (the first day no longer valid), if nothing further is recorded");
        if (verdict.Throughout is { } throughout)
            facts.AddRow(Layout.Dim("Throughout"), WhetherThroughout(verdict.AsOf, throughout));
        if (verdict.IssuedOn is { } issued)
            facts.Fact("Issued", issued.ToText());
        if (verdict.ExpiresOn is { } expires)
            facts.Fact("Expires", $"{expires.ToText()} (the first day no longer covered)");
        if (verdict.SubjectMatch is SubjectMatch.Matched or SubjectMatch.NotMatched)
            facts.Fact("Identity", Terms.Of(verdict.SubjectMatch).Full);
        if (verdict.CardMatch is not (CardMatch.Unspecified or CardMatch.NotChecked))
            facts.Fact("Card", Terms.Of(verdict.CardMatch).Full);
        return facts;
    }

    private static Grid Entitlements(Verdict verdict)
    {
        var table = new Grid(new("Entitlement", Breaks: true), new("Decision"), new("Basis"));
        foreach (var decision in verdict.Entitlements)
        {
            table.AddRow(
                Layout.Plain(Terms.Of(decision.Entitlement).Name),
                Layout.Coloured(Terms.Of(decision.Decision).Name, StatusColors.Of(decision.Decision)),
                Layout.Plain(Terms.Of(decision.Basis).Code));
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
            table.Fact(Terms.Of(basis).Name, isOfLaterDay ? "the permit is not valid on every day asked about" : Terms.Of(basis).Meaning);
        }
        return table;
    }

    private static Cell WhetherThroughout(Date from, Throughout throughout)
    {
        var asked = $"(asked: every day from {from.ToText()} through {throughout.Through.ToText()})";
        return throughout.Valid
            ? Layout.Coloured($"yes {asked}", StatusColors.Of(PermitStatus.Valid))
            : Layout.Coloured(
                $"no: {throughout.FirstNotValidOn?.ToText()} is the first day not valid, {Terms.Of(throughout.Status).Name} {asked}",
                StatusColors.Of(throughout.Status));
    }

    private static string Until(Date? until) => until is null
        ? "for good, if nothing further is recorded"
        : $"{until.ToText()}, if nothing further is recorded";
}
