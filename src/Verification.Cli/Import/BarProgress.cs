using Spectre.Console;

namespace Verification.Cli.Import;

/// <summary>Progress for a person: a bar that moves with each message of the service, gone when the import ends.</summary>
/// <remarks>No thread of the bar's own draws it: what that one could not write would end the program.</remarks>
internal sealed class BarProgress(IAnsiConsole console, long lines) : IImportProgress
{
    public Task ShowAsync(Func<Action<ImportTotals>, Task> import) =>
        console.Progress()
            .AutoClear(true)
            .AutoRefresh(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("starting", maxValue: Math.Max(lines, 1));
                return import(totals =>
                {
                    bar.Value = totals.LinesRead;
                    bar.Description = ProgressText.Of(totals);
                    context.Refresh();
                });
            });
}
