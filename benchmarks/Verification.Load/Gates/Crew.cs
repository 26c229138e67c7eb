using System.Diagnostics;

namespace Verification.Load.Gates;

/// <summary>A thread for each core, which all do the same at the same time: what makes them wait for each other shows.</summary>
internal sealed class Crew : IDisposable
{
    private readonly Barrier _together = new(Environment.ProcessorCount + 1);
    private readonly double[] _nanoseconds = new double[Environment.ProcessorCount];
    private readonly int[] _done = new int[Environment.ProcessorCount];
    private Func<int>? _work;
    private int _arrived;

    /// <summary>Begins it.</summary>
    public Crew()
    {
        for (var i = 0; i < _done.Length; i++)
        {
            var place = i;
            new Thread(() => Work(place)) { IsBackground = true, Name = "gate" }.Start();
        }
    }

    /// <summary>Lets every thread do it once.</summary>
    /// <param name="work">Tells how much it did.</param>
    /// <returns>What it did in all, and how long the slowest took.</returns>
    public (int Done, double Nanoseconds) Run(Func<int> work)
    {
        _work = work;
        _arrived = 0;
        _together.SignalAndWait();
        _together.SignalAndWait();
        return (_done.Sum(), _nanoseconds.Max());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work = null;
        _together.SignalAndWait();
    }

    private void Work(int place)
    {
        for (_together.SignalAndWait(); _work is { } work; _together.SignalAndWait())
        {
            StartWithTheOthers();
            var startedAt = Stopwatch.GetTimestamp();
            _done[place] = work();
            _nanoseconds[place] = Stopwatch.GetElapsedTime(startedAt).TotalNanoseconds;
            _together.SignalAndWait();
        }
    }

    /// <summary>The barrier wakes one after the other, and the first could be done before the last is up: here they run already.</summary>
    private void StartWithTheOthers()
    {
        Interlocked.Increment(ref _arrived);
        while (Volatile.Read(ref _arrived) < _done.Length)
        {
            Thread.SpinWait(1);
        }
    }
}
