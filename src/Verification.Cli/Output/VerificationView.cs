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
        console.WriteNote("Files and database differ:");
        WriteFindings(console, verification.Differences);
    }

    /// <summary>A finding's name, as in <c>NOT_UNDER_HEAD</c>.</summary>
    public static string NameOf(FindingKind kind) =>
        string.Concat(kind.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    private static Grid Facts(VerifiedLog log)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim("Log"), Layout.Bold($"{log.LogId} ({log.Place})"));
        facts.AddRow(Layout.Dim("Result"), Result(log));
        facts.Fact("Signed", string.Create(CultureInfo.InvariantCulture, $"{log.Blocks:N0} blocks with {log.Records:N0} records"));
        if (log.Last.Length > 0)
            facts.Fact("Last block", log.Last);
        facts.Fact("End", log.IsClosed
            ? "the node stopped in order; nothing can be missing behind it"
            : "open: a node is at work, or stopped otherwise; whether blocks are missing at the end, only files and database together can tell");
        return facts;
    }

    private static Cell Result(VerifiedLog log) => log switch
    {
        { IsIntact: true } => Layout.Coloured("as it was written", Color.Green),
        { CannotBeTold: true } => Layout.Coloured("cannot be told: it is signed with a key that was not given", Color.Yellow),
        _ => Layout.Coloured("NOT as it was written", Color.Red),
    };

    private static void WriteFindings(IAnsiConsole console, ImmutableArray<AuditFinding> findings)
    {
        if (findings.IsEmpty)
            return;
        var table = new Grid(new("Found"), new("Block", IsNumber: true), new("Offset", IsNumber: true), new("Place", Breaks: true), new("What", Breaks: true));
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
