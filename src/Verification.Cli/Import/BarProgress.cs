using Spectre.Console;

namespace Verification.Cli.Import;

/// <summary>Progress for a person: a bar that moves, gone when the import ends.</summary>
internal sealed class BarProgress(IAnsiConsole console, long lines) : IImportProgress
{
    public Task ShowAsync(Func<Action<ImportTotals>, Task> import) =>
        console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("starting", maxValue: Math.Max(lines, 1));
                return import(totals =>
                {
                    bar.Value = totals.LinesRead;
                    bar.Description = ProgressText.Of(totals);
                });
            });
}
