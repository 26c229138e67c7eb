using System.Text.Json;

namespace Verification.Cli.Shell;

/// <summary>Progress for a program: a JSON object on a line, at most every second.</summary>
/// <param name="error">Where it goes.</param>
/// <param name="total">How much there is to do.</param>
/// <param name="time">The clock.</param>
internal sealed class JsonProgress(TextWriter error, long total, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _written = time.GetTimestamp();

    public Task ShowAsync(Func<Action<long, string>, Task> work) => work(Report);

    private void Report(long done, string words)
    {
        if (time.GetElapsedTime(_written) < Interval)
            return;
        _written = time.GetTimestamp();
        error.WriteLine(JsonSerializer.Serialize(new { progress = new { done, total } }));
    }
}
