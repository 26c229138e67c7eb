using System.Globalization;
using Permits.Audit.V1;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Records for a person: all that each of them holds.</summary>
internal sealed class RecordDetails(IAnsiConsole console) : IRecordOutput
{
    private bool _any;

    /// <summary>A refusal, as in <c>refused: RATE_EXCEEDED (12 calls)</c>.</summary>
    public static string InWords(RecordedRefusal refusal) => refusal.Count == 1
        ? Say($"refused: {refusal.Reason}", $"拒绝：{Terms.Of("error_reason", refusal.Reason).Name}")
        : Say(
            FormattableString.Invariant($"refused: {refusal.Reason} ({refusal.Count:N0} calls)"),
            FormattableString.Invariant($"拒绝：{Terms.Of("error_reason", refusal.Reason).Name}（{refusal.Count:N0} 次调用）"));

    public void Add(AuditRecord record)
    {
        if (_any)
            console.WriteLine();
        _any = true;
        console.Write(Facts(record));
        if (record.Record.Answer is { Entitlements.Count: > 0 } answer)
        {
            console.WriteLine();
            console.Write(Decisions(answer));
        }
        console.WriteLine();
        ProvenanceView.Write(console, record.Record.Provenance);
        console.WriteNote(Say(string.Create(
            CultureInfo.InvariantCulture, $"Log {record.LogId} · block {record.Block} · record {record.Index}"), string.Create(
            CultureInfo.InvariantCulture, $"日志 {record.LogId} · 块 {record.Block} · 记录 {record.Index}")));
    }

    public void End()
    {
    }

    private static Grid Facts(AuditRecord found)
    {
        var record = found.Record;
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim(Say("Check", "查询编号")), Layout.Bold(record.CheckId));
        facts.Fact(Say("Time", "时间"), record.Instant.ToText());
        facts.Fact(Say("Call", "调用"), Terms.Word(record.Call));
        if (record.Consumer.Length > 0)
            facts.Fact(Say("Consumer", "调用方"), $"{record.Consumer} ({Terms.Word(record.ConsumerClass)})");
        if (record.PermitNumber.Length > 0)
            facts.Fact(Say("Permit", "证件号码"), record.PermitNumber);
        AddQuestion(facts, found);
        if (record.Answer is { } answer)
            AddAnswer(facts, answer);
        if (record.Refusal is { } refusal)
            facts.Fact(Say("Told", "答复"), InWords(refusal));
        if (record.Note.Length > 0)
            facts.Fact(Say("Note", "备注"), record.Note);
        return facts;
    }

    private static void AddQuestion(Grid facts, AuditRecord found)
    {
        var record = found.Record;
        if (record.AsOf is { } asOf)
            facts.Fact(Say("As of", "所查日期"), asOf.ToText());
        if (record.Through is { } through)
            facts.Fact(Say("Through", "截止日期"), through.ToText());
        if (record.HasKnownAtRevision)
            facts.Fact(Say("Known at", "依据"), Say(string.Create(CultureInfo.InvariantCulture, $"revision {record.KnownAtRevision}"), string.Create(CultureInfo.InvariantCulture, $"修订号 {record.KnownAtRevision}")));
        if (record.Role != SubjectRole.Unspecified)
            facts.Fact(Say("Role", "身份"), Terms.Word(record.Role));
        if (record.IdentityDocument != IdentityDocument.Unspecified)
            facts.Fact(Say("Identity", "身份证件"), Say($"{Terms.Of(record.IdentityDocument).Name}, digest {found.IdentityDigest}", $"{Terms.Of(record.IdentityDocument).Name}，摘要 {found.IdentityDigest}"));
        if (record.HasCardEdition)
            facts.Fact(Say("Card shown", "所示证件"), Say(string.Create(CultureInfo.InvariantCulture, $"edition {record.CardEdition}"), string.Create(CultureInfo.InvariantCulture, $"第 {record.CardEdition} 版")));
        if (record.Entitlements.Count > 0)
            facts.Fact(Say("Asked for", "所查待遇"), string.Join(Say(", ", "，"), record.Entitlements.Select(it => Terms.Of(it).Name)));
        if (record.Reference.Length > 0)
            facts.Fact(Say("Reference", "业务编号"), record.Reference);
    }

    private static void AddAnswer(Grid facts, RecordedAnswer answer)
    {
        facts.AddRow(Layout.Dim(Say("Status", "状态")), Layout.Coloured(Terms.Of(answer.Status).Full, StatusColors.Of(answer.Status)));
        foreach (var (index, reason) in answer.Reasons.Index())
            facts.Fact(index == 0 ? Say("Reasons", "原因") : "", Terms.Of(reason).Full);
        if (answer.Throughout is { } throughout)
        {
            facts.Fact(Say("Throughout", "全程有效"), throughout.Valid
                ? "yes"
                : Say($"no: {throughout.FirstNotValidOn?.ToText()} is the first day not valid, {Terms.Of(throughout.Status).Name}", $"否：{throughout.FirstNotValidOn?.ToText()} 为首个失效日，{Terms.Of(throughout.Status).Name}"));
        }
        if (answer.SubjectMatch is SubjectMatch.Matched or SubjectMatch.NotMatched)
            facts.Fact(Say("Subject", "人证核对"), Terms.Of(answer.SubjectMatch).Full);
        if (answer.CardMatch is not (CardMatch.Unspecified or CardMatch.NotChecked))
            facts.Fact(Say("Card", "证件版次"), Terms.Of(answer.CardMatch).Full);
    }

    private static Grid Decisions(RecordedAnswer answer)
    {
        var table = new Grid(new(Say("Entitlement", "待遇"), Breaks: true), new(Say("Decision", "结论")), new(Say("Basis", "依据")));
        foreach (var decision in answer.Entitlements)
        {
            table.AddRow(
                Layout.Plain(Terms.Of(decision.Entitlement).Name),
                Layout.Coloured(Terms.Of(decision.Decision).Name, StatusColors.Of(decision.Decision)),
                Layout.Plain(Terms.Of(decision.Basis).Short));
        }
        return table;
    }
}
