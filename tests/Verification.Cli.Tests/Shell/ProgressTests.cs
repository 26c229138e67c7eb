using Microsoft.Extensions.Time.Testing;
using Permits.Registry.V1;
using Spectre.Console;
using Verification.Cli.Import;
using Verification.Cli.Shell;

namespace Verification.Cli.Tests.Shell;

public sealed class ProgressTests
{
    [Fact]
    public async Task LineProgress_ManyReports_WritesOneLineASecond()
    {
        var time = new FakeTimeProvider();
        using var error = new StringWriter { NewLine = "\n" };
        var totals = new ImportTotals(time);

        await new LineProgress(error, total: 10_000, "lines", time).ShowAsync(report =>
        {
            for (var tenths = 0; tenths < 25; tenths++)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                totals.Add(new ImportEventsResponse { LinesRead = 5_000 + tenths * 100, Rejects = { new Reject { Code = "LAPSED" } } });
                report(totals.LinesRead, ProgressText.Of(totals));
            }
            return Task.CompletedTask;
        });

        Assert.Equal("5,900 of 10,000 lines, 1,000 lines/s, 10 rejected\n6,900 of 10,000 lines, 1,000 lines/s, 20 rejected\n", error.ToString());
    }

    [Fact]
    public async Task BarProgress_OnATerminal_ShowsShareAndSpeed()
    {
        var time = new FakeTimeProvider();
        using var error = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(error),
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.Yes,
        });
        console.Profile.Width = 120;
        var totals = new ImportTotals(time);

        await new BarProgress(console, total: 2_000).ShowAsync(report =>
        {
            totals.Add(new ImportEventsResponse());
            time.Advance(TimeSpan.FromSeconds(1));
            totals.Add(new ImportEventsResponse { LinesRead = 1_000 });
            report(totals.LinesRead, ProgressText.Of(totals));

            // Drawn by now, and by nobody else later: a thread that fails to write would end the program.
            Assert.Contains("1,000 lines/s, 0 rejected", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("50%", error.ToString(), StringComparison.Ordinal);
            return Task.CompletedTask;
        });
    }
}
