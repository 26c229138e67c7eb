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
        facts.Fact(Say("Records read", "已读记录"), Number(run.RecordsRead));
        facts.Fact(Say("Came out the same", "结果相同"), Number(run.Same));
        facts.AddRow(
            Layout.Dim(Say("Came out otherwise", "结果不同")), run.Different > 0 ? Layout.Coloured(Number(run.Different), Color.Red) : Layout.Plain("0"));
        facts.Fact(Say("Cannot be repeated", "无法重查"), run.NotRepeatable == 0 ? "0" : Say($"{Number(run.NotRepeatable)}: a restore lost the revision, or the service has no such rulebook", $"{Number(run.NotRepeatable)}：修订号因恢复备份而失去，或服务没有该规则版本"));
        facts.Fact(Say("Told no verdict", "未作判定"), Number(run.WithoutVerdict));
        if (run.LeftOut > 0)
            facts.Fact(Say("Left out", "略过"), Number(run.LeftOut));
        console.Write(facts);
        if (run.FirstDifference is not { } difference)
            return;
        console.WriteLine();
        console.WriteNote(Say("The first that came out otherwise, as it was recorded:", "第一条结果不同的记录，当时为："));
        new RecordDetails(console).Add(difference.Record);
        console.WriteLine();
        console.WriteNote(Say("and as it comes out now:", "现在为："));
        console.Write(Now(difference.Verdict));
    }

    private static Grid Now(Verdict verdict)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim(Say("Status", "状态")), Layout.Coloured(Terms.Of(verdict.Status).Full, StatusColors.Of(verdict.Status)));
        foreach (var (index, reason) in verdict.Reasons.Index())
            facts.Fact(index == 0 ? Say("Reasons", "原因") : "", Terms.Of(reason).Full);
        if (verdict.Throughout is { } throughout)
            facts.Fact(Say("Throughout", "全程有效"), Say(throughout.Valid ? "yes" : $"no: {throughout.FirstNotValidOn?.ToText()} is the first day not valid", throughout.Valid ? "是" : $"否：{throughout.FirstNotValidOn?.ToText()} 为首个失效日"));
        facts.Fact(Say("Subject", "人证核对"), Terms.Of(verdict.SubjectMatch).Short);
        facts.Fact(Say("Card", "证件版次"), Terms.Of(verdict.CardMatch).Short);
        foreach (var decision in verdict.Entitlements)
            facts.Fact(Terms.Of(decision.Entitlement).Name, $"{Terms.Of(decision.Decision).Name} ({Terms.Of(decision.Basis).Short})");
        return facts;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
