using System.Globalization;
using Permits.Audit.V1;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>What came of a replay, for a person.</summary>
internal static class ReplayView
{
    public static void Write(IAnsiConsole console, ReplayResponse run)
    {
        var facts = Layout.Facts();
        facts.Fact("Records read", Number(run.RecordsRead));
        facts.Fact("Came out the same", Number(run.Same));
        facts.AddRow(
            Layout.Dim("Came out otherwise"), run.Different > 0 ? Layout.Coloured(Number(run.Different), Color.Red) : Layout.Plain("0"));
        facts.Fact("Cannot be repeated", run.NotRepeatable == 0 ? "0" : $"{Number(run.NotRepeatable)}: a restore lost the revision, or the service has no such rulebook");
        facts.Fact("Told no verdict", Number(run.WithoutVerdict));
        if (run.LeftOut > 0)
            facts.Fact("Left out", Number(run.LeftOut));
        console.Write(facts);
        if (run.FirstDifference is not { } difference)
            return;
        console.WriteLine();
        console.WriteNote("The first that came out otherwise, as it was recorded:");
        new RecordDetails(console).Add(difference.Record);
        console.WriteLine();
        console.WriteNote("and as it comes out now:");
        console.Write(Now(difference.Verdict));
    }

    private static Grid Now(Verdict verdict)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim("Status"), Layout.Coloured(Terms.Of(verdict.Status).Full, StatusColors.Of(verdict.Status)));
        foreach (var (index, reason) in verdict.Reasons.Index())
            facts.Fact(index == 0 ? "Reasons" : "", Terms.Of(reason).Full);
        if (verdict.Throughout is { } throughout)
            facts.Fact("Throughout", throughout.Valid ? "yes" : $"no: {throughout.FirstNotValidOn?.ToText()} is the first day not valid");
        facts.Fact("Subject", Terms.Of(verdict.SubjectMatch).Code);
        facts.Fact("Card", Terms.Of(verdict.CardMatch).Code);
        foreach (var decision in verdict.Entitlements)
            facts.Fact(Terms.Of(decision.Entitlement).Name, $"{Terms.Of(decision.Decision).Name} ({Terms.Of(decision.Basis).Code})");
        return facts;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
