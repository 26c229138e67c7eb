using System.Globalization;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>What a node's process holds in the course of a run: memory and handles, which must not grow.</summary>
/// <param name="read">Reads what it holds now.</param>
internal sealed class Holdings(Func<(double Megabytes, int Handles)> read) : IAsyncDisposable
{
    // Until then code is compiled, and memory and pools fill.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly List<(double Megabytes, int Handles)> _samples = [];
    private readonly CancellationTokenSource _end = new();
    private Task _sampling = Task.CompletedTask;

    /// <summary>Begins to sample.</summary>
    public void Begin() => _sampling = SampleAsync();

    /// <summary>Ends sampling.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _sampling;
    }

    /// <summary>
    /// That the last third of the samples, the warm-up aside, holds what the first does: of memory a tenth and 16 MB more at most, of handles
    /// twenty. A run that is shorter than the warm-up only says what it saw.
    /// </summary>
    /// <returns>What was seen.</returns>
    public string AssertFlat()
    {
        var settled = _samples.Skip((int)(WarmUp / Interval)).ToArray();
        if (settled.Length < 30)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{_samples[^1].Megabytes:F0} MB and {_samples[^1].Handles} handles at the end");
        }

        var third = settled.Length / 3;
        var (first, last) = (Middle(settled[..third]), Middle(settled[^third..]));
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{first.Megabytes:F0} MB and {first.Handles} handles in the first third, {last.Megabytes:F0} MB and {last.Handles} in the last");
        Assert.True(last.Megabytes <= 1.1 * first.Megabytes + 16, seen);
        Assert.True(last.Handles <= first.Handles + 20, seen);
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _end.Dispose();
    }

    private static (double Megabytes, int Handles) Middle((double Megabytes, int Handles)[] samples) =>
        (samples.Select(it => it.Megabytes).Order().ElementAt(samples.Length / 2), samples.Select(it => it.Handles).Order().ElementAt(samples.Length / 2));

    private async Task SampleAsync()
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (!_end.IsCancellationRequested)
        {
            _samples.Add(read());
            try
            {
                await timer.WaitForNextTickAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                // The run is over.
            }
        }
    }
}
