using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using Verification.Audit.Verifying;

namespace Verification.Cli.Output;

/// <summary>What verifying an audit log found, for a person.</summary>
internal static class VerificationView
{
    public static void Write(IAnsiConsole console, AuditVerification verification)
    {
        foreach (var (index, log) in verification.Logs.Index())
        {
            if (index > 0)
                console.WriteLine();
            console.Write(Facts(log));
            WriteFindings(console, log.Findings);
        }
        if (verification.Differences.IsEmpty)
            return;
        console.WriteLine();
        console.WriteNote(Say("Files and database differ:", "文件与数据库不一致："));
        WriteFindings(console, verification.Differences);
    }

    /// <summary>A finding's name, as in <c>NOT_UNDER_HEAD</c>.</summary>
    public static string NameOf(FindingKind kind) =>
        string.Concat(kind.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    private static Grid Facts(VerifiedLog log)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim(Say("Log", "日志")), Layout.Bold($"{log.LogId} ({log.Place})"));
        facts.AddRow(Layout.Dim(Say("Result", "结果")), Result(log));
        facts.Fact(Say("Signed", "已签名"), Say(string.Create(CultureInfo.InvariantCulture, $"{log.Blocks:N0} blocks with {log.Records:N0} records"), string.Create(CultureInfo.InvariantCulture, $"{log.Blocks:N0} 块，{log.Records:N0} 条记录")));
        if (log.Last.Length > 0)
            facts.Fact(Say("Last block", "最后一块"), log.Last);
        facts.Fact(Say("End", "结尾"), log.IsClosed
            ? Say("the node stopped in order; nothing can be missing behind it", "节点正常停止，其后不可能缺失")
            : Say("open: a node is at work, or stopped otherwise; whether blocks are missing at the end, only files and database together can tell", "未结束：节点正在运行或非正常停止；结尾是否缺块，须由文件和数据库共同判断"));
        return facts;
    }

    private static Cell Result(VerifiedLog log) => log switch
    {
        { IsIntact: true } => Layout.Coloured(Say("as it was written", "与写入时一致"), Color.Green),
        { CannotBeTold: true } => Layout.Coloured(Say("cannot be told: it is signed with a key that was not given", "无法判断：签名所用的密钥没有给出"), Color.Yellow),
        _ => Layout.Coloured(Say("NOT as it was written", "与写入时不一致"), Color.Red),
    };

    private static void WriteFindings(IAnsiConsole console, ImmutableArray<AuditFinding> findings)
    {
        if (findings.IsEmpty)
            return;
        var table = new Grid(new(Say("Found", "发现")), new(Say("Block", "块"), IsNumber: true), new(Say("Offset", "偏移"), IsNumber: true), new(Say("Place", "位置"), Breaks: true), new(Say("What", "内容"), Breaks: true));
        foreach (var finding in findings)
        {
            table.AddRow(
                finding.IsTampering ? Layout.Coloured(NameOf(finding.Kind), Color.Red) : Layout.Plain(NameOf(finding.Kind)),
                Layout.Plain(finding.Block?.ToString(CultureInfo.InvariantCulture) ?? ""),
                Layout.Plain(finding.Offset.ToString(CultureInfo.InvariantCulture)),
                Layout.Plain(Path.GetFileName(finding.Place)),
                Layout.Plain(finding.Detail));
        }
        console.WriteLine();
        console.Write(table);
    }
}
