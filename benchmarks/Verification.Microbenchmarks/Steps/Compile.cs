using BenchmarkDotNet.Attributes;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Timelines;

namespace Verification.Microbenchmarks.Steps;

/// <summary>A history made into a timeline. Beside it: one walk over the events.</summary>
public class Compile
{
    private readonly PermitHistory _history = Samples.History(0);
    private readonly PermitHistory _long = Samples.LongHistory();
    private PermitTimeline _timeline;

    /// <summary>Checks the answers.</summary>
    [GlobalSetup]
    public void Check()
    {
        _timeline = FourEvents();
        Answers.Must(Walk() == _history.Events[^1].Event.On, nameof(Walk));
        Answers.Must(_timeline.RecordOn(Samples.Today) is { Edition: 3 }, nameof(FourEvents));
        Answers.Must(FortyEvents().RecordOn(Samples.Today) is { Edition: 40 }, nameof(FortyEvents));
    }

    /// <summary>The latest date among the events.</summary>
    [Benchmark(Baseline = true)]
    public DateOnly Walk()
    {
        var latest = DateOnly.MinValue;
        foreach (var recorded in _history.Events)
        {
            latest = recorded.Event.On > latest ? recorded.Event.On : latest;
        }

        return latest;
    }

    /// <summary>A permit of four events.</summary>
    [Benchmark]
    public PermitTimeline FourEvents() => TimelineCompiler.Compile(_history, Samples.Rulebook)!.Value;

    /// <summary>A permit of forty events.</summary>
    [Benchmark]
    public PermitTimeline FortyEvents() => TimelineCompiler.Compile(_long, Samples.Rulebook)!.Value;
}
