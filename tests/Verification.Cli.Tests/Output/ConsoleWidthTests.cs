using System.Text;
using Microsoft.Extensions.Time.Testing;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Spectre.Console;
using Spectre.Console.Rendering;
using Verification.Cli.Import;
using Verification.Cli.Output;
using Verification.Cli.Rounds;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Output;

/// <summary>Every view at every width of a terminal: it ends, loses nothing and keeps within the width.</summary>
public sealed class ConsoleWidthTests
{
    private const int Widest = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Without a blank, with wide and narrow characters in turn, with a pair of surrogates and a combining accent.
    private static readonly string[] Texts =
        ["中关村软件有限公司", "Acme Software (Beijing) Company Limited", "北京A科技B有限C公司", "Unbroken" + new string('x', 90), "𠮷野家 cafe\u0301 😀 公司", ""];

    private static readonly Dictionary<string, Action<IAnsiConsole, string>> Views = new()
    {
        ["verify"] = (console, text) => VerdictView.Write(console, Samples.Frozen(), RemediesWith(text)),
        ["verify, valid"] = (console, _) => VerdictView.Write(console, Samples.Valid(), []),
        ["verify, unknown"] = (console, text) => VerdictView.Write(console, Samples.NotFound(text), []),
        ["verify, throughout"] = (console, _) => VerdictView.Write(
            console, Samples.Throughout(new() { Through = Samples.Day(2027, 9, 1), FirstNotValidOn = Samples.Day(2027, 3, 5), Status = PermitStatus.Expired }), []),
        ["procedures"] = (console, text) => ProceduresView.Write(console, ProceduresWith(text)),
        ["procedures, unknown"] = (console, _) => ProceduresView.Write(console, ProcedureSamples.NotFound()),
        ["timeline"] = (console, _) => TimelineView.Write(console, Samples.Timeline()),
        ["timeline, unknown"] = (console, text) => TimelineView.Write(console, new() { PermitNumber = text }),
        ["history"] = (console, text) => HistoryView.Write(console, HistoryWith(text)),
        ["record"] = (console, text) => RecordView.Write(
            console,
            new() { RequestId = text, Event = new() { On = Samples.Day(2024, 4, 11), EmployerChanged = new() { Employer = text } } },
            annulled: null,
            new() { Revision = 5313, AlreadyRecorded = true }),
        ["record, annulled"] = (console, text) => RecordView.Write(
            console,
            new() { RequestId = text, Event = new() { On = Samples.Day(2024, 4, 11), Annulled = new() { Target = 2, Reason = text } } },
            new() { On = Samples.Day(2024, 4, 11), EmployerChanged = new() { Employer = text } },
            new() { Revision = 5313 }),
        ["restored"] = (console, text) => RestoredView.Write(console, new() { RegistryId = text, RevisionBefore = 788, Revision = 1_000_000_788 }),
        ["round"] = (console, text) => RoundView.Write(console, RoundWith("CODE_" + text)),
        ["import"] = (console, text) => ImportView.Write(console, TotalsWith("CODE_" + text), isCheck: false),
    };

    public static TheoryData<string> Names => [.. Views.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_AtEveryWidth_EndsAndKeepsWithinIt(string view)
    {
        await Task.Run(() =>
        {
            foreach (var text in Texts)
            {
                var whole = Characters(Render(view, text, width: 10_000));
                for (var width = 1; width <= Widest; width++)
                {
                    var output = Render(view, text, width);
                    // One wide character is wider than the narrowest terminal.
                    Assert.All(output.Split('\n'), line => Assert.InRange(new Segment(line).CellCount(), 0, Math.Max(width, 2)));
                    Assert.Superset(whole, Characters(output));
                }
            }
        }, Token).WaitAsync(Patience, Token);
    }

    [Fact]
    public void Write_NarrowTerminal_PutsColumnsOneUnderAnother()
    {
        using var output = new StringWriter { NewLine = "\n" };

        TimelineView.Write(Console(output, width: 32, AnsiSupport.No), Samples.Timeline());

        Assert.Contains(
            """
            From: 2025-05-01
            Until: 2026-04-05
            Status: FROZEN 冻结
            Reasons: INSPECTION_MISSED 冻结

            From: 2026-04-05
            Until: for good

            """,
            output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ColumnThatBreaks_GoesOnInTheNextLine()
    {
        using var output = new StringWriter { NewLine = "\n" };

        VerdictView.Write(Console(output, width: 80, AnsiSupport.No), Samples.Frozen(), []);

        Assert.Contains(
            """
            HOME_PURCHASE 购房                                 NOT_CONFERRED   PERMIT_STATUS
            OWNER_OCCUPIED_HOUSING_LOTTERY 自住型商品房优先    NOT_CONFERRED   PERMIT_STATUS
            家庭

            """,
            output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task BarProgress_AtEveryWidth_Ends()
    {
        await Task.Run(async () =>
        {
            for (var width = 1; width <= Widest; width++)
            {
                using var output = new StringWriter();
                await new BarProgress(Console(output, width, AnsiSupport.Yes), total: 10).ShowAsync(report =>
                {
                    report(5, "5 lines/s, 0 rejected");
                    return Task.CompletedTask;
                });
            }
        }, Token).WaitAsync(Patience, Token);
    }

    private static string Render(string view, string text, int width)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Views[view](Console(output, width, AnsiSupport.No), text);
        return output.ToString();
    }

    private static IAnsiConsole Console(StringWriter output, int width, AnsiSupport ansi)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = ansi,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        return console;
    }

    /// <summary>Each character that is no blank with its place among its like, so that one that is lost is seen.</summary>
    private static HashSet<(Rune, int)> Characters(string output) =>
        [.. output.EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune)).CountOccurrences()];

    private static Remedy[] RemediesWith(string text) =>
    [
        .. Remedies.For(Samples.Frozen().Verdict, Samples.Rulebook().Rulebook),
        new() { Reason = StatusReason.InspectionMissed, Actor = text, ActorZh = text, Action = text, ActionZh = text },
    ];

    private static GetPermitResponse HistoryWith(string text)
    {
        var history = Samples.CorrectedHistory();
        history.Events[0].Event.Issued.Employer = text;
        history.Events[3].Event.Annulled.Reason = text;
        history.Events[0].RecordedBy = text;
        return history;
    }

    private static GetProceduresResponse ProceduresWith(string text)
    {
        var answer = ProcedureSamples.Pending();
        answer.PermitNumber = text;
        answer.Procedures.Add(ProcedureSamples.With(text));
        return answer;
    }

    private static RoundRecord RoundWith(string code) => new()
    {
        InputSha256 = "",
        InputEncoding = "utf-8",
        Options = "",
        Rows = 3_000_000,
        AsOf = new DateOnly(2026, 5, 4),
        Revision = 5312,
        Rulebook = code,
        Statuses = { [code] = 2_999_999 },
        Errors = { [code] = 1 },
    };

    private static ImportTotals TotalsWith(string code)
    {
        var totals = new ImportTotals(new FakeTimeProvider());
        totals.Add(new() { LinesRead = 12_345_678, EventsLoaded = 12_345_676, AlreadyRecorded = 1, AlreadyAnnulled = 1, Revision = 777, Rejects = { new Reject { Line = 3, Code = code } } });
        return totals;
    }
}

file static class Occurrences
{
    public static IEnumerable<(T, int)> CountOccurrences<T>(this IEnumerable<T> items)
        where T : notnull
    {
        var seen = new Dictionary<T, int>();
        foreach (var item in items)
            yield return (item, seen[item] = seen.GetValueOrDefault(item) + 1);
    }
}
