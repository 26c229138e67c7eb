using Spectre.Console;

namespace Verification.Cli.Shell;

/// <summary>Progress for a person: a bar that moves with each report, gone when the work ends.</summary>
/// <param name="console">Where it is drawn.</param>
/// <param name="total">How much there is to do.</param>
/// <remarks>No thread of the bar's own draws it: what that one could not write would end the program.</remarks>
internal sealed class BarProgress(IAnsiConsole console, long total) : IProgressDisplay
{
    public Task ShowAsync(Func<Action<long, string>, Task> work) =>
        console.Progress()
            .AutoClear(true)
            .AutoRefresh(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask(Say("starting", "开始"), maxValue: Math.Max(total, 1));
                return work((done, words) =>
                {
                    bar.Value = done;
                    bar.Description = words;
                    context.Refresh();
                });
            });
}
