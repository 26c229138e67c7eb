using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using Verification.Audit.Verifying;
using Verification.Cli.Shell;

namespace Verification.Cli.Output;

/// <summary>What verifying an audit log found, for a person.</summary>
internal static class VerificationView
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>What a script learns: with a key that is not known nobody can tell.</summary>
    public static int ExitCodeOf(ImmutableArray<LogVerification> logs)
    {
        var wrong = logs.SelectMany(log => log.Findings).Where(finding => finding.IsTampering).ToArray();
        return wrong.Length == 0 ? ExitCode.Answered
            : wrong.All(finding => finding.Kind == FindingKind.UnknownKey) ? ExitCode.CouldNotTell
            : ExitCode.NotIntact;
    }

    public static void Write(IAnsiConsole console, ImmutableArray<LogVerification> logs)
    {
        foreach (var (index, log) in logs.Index())
        {
            if (index > 0)
                console.WriteLine();
            console.Write(Facts(log));
            if (log.Findings.Length > 0)
            {
                console.WriteLine();
                console.Write(Findings(log));
            }
        }
    }

    /// <summary>A finding's name, as in <c>NOT_UNDER_HEAD</c>.</summary>
    public static string NameOf(FindingKind kind) => kind switch
    {
        FindingKind.UnknownKey => "UNKNOWN_KEY",
        FindingKind.TornTail => "TORN_TAIL",
        FindingKind.TornTailKept => "TORN_TAIL_KEPT",
        FindingKind.NotUnderHead => "NOT_UNDER_HEAD",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private static Grid Facts(LogVerification log)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim("Log"), Layout.Bold(log.Log.LogId.ToString("N")));
        facts.AddRow(Layout.Dim("Result"), Result(log));
        facts.Fact("Signed", string.Create(CultureInfo.InvariantCulture, $"{log.Blocks:N0} blocks with {log.Records:N0} records"));
        if (log.Last is { } last)
        {
            facts.Fact("Last block", string.Create(
                CultureInfo.InvariantCulture, $"{last.Sequence}, ended {last.ClosedAt.ToOffset(Beijing):yyyy-MM-dd HH:mm:ss zzz}, hash {last.Hash}"));
        }
        facts.Fact("End", log.IsClosed
            ? "the node stopped in order; nothing can be missing behind it"
            : "open: a node is at work, or stopped otherwise; whether blocks are missing at the end, the audit database can tell");
        return facts;
    }

    private static Cell Result(LogVerification log) => log switch
    {
        { IsIntact: true } => Layout.Coloured("as it was written", Color.Green),
        _ when ExitCodeOf([log]) == ExitCode.CouldNotTell => Layout.Coloured("cannot be told: it is signed with a key that was not given", Color.Yellow),
        _ => Layout.Coloured("NOT as it was written", Color.Red),
    };

    private static Grid Findings(LogVerification log)
    {
        var table = new Grid(new("Found"), new("Block", IsNumber: true), new("Offset", IsNumber: true), new("File", Breaks: true), new("What", Breaks: true));
        foreach (var finding in log.Findings)
        {
            table.AddRow(
                finding.IsTampering ? Layout.Coloured(NameOf(finding.Kind), Color.Red) : Layout.Plain(NameOf(finding.Kind)),
                Layout.Plain(finding.Block?.ToString(CultureInfo.InvariantCulture) ?? ""),
                Layout.Plain(finding.Offset.ToString(CultureInfo.InvariantCulture)),
                Layout.Plain(Path.GetFileName(finding.Place)),
                Layout.Plain(finding.Detail));
        }
        return table;
    }
}
