using BenchmarkDotNet.Attributes;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;

namespace Verification.Microbenchmarks.Steps;

/// <summary>What a compiled permit says on a date. Beside it: a search in an array of as many dates.</summary>
public class StandingOnDate
{
    private static readonly DateOnly LongAgo = new(2024, 6, 20);

    private readonly PermitTimeline _timeline = TimelineCompiler.Compile(Samples.History(0), Samples.Rulebook)!.Value;
    private DateOnly[] _dates = null!;

    /// <summary>Checks the answers.</summary>
    [GlobalSetup]
    public void Check()
    {
        _dates = [.. _timeline.Runs(StandingView.Authority).Select(run => run.From)];
        Answers.Must(Search() != 0, nameof(Search));
        Answers.Must(Today().Since <= Samples.Today && Today().Until > Samples.Today, nameof(Today));
        Answers.Must(Early().Standing.Status == PermitStatus.Valid, nameof(Early));
        Answers.Must(Record() is { Edition: 3 }, nameof(Record));
    }

    /// <summary>The framework's binary search.</summary>
    [Benchmark(Baseline = true)]
    public int Search() => Array.BinarySearch(_dates, Samples.Today);

    /// <summary>The standing today.</summary>
    [Benchmark]
    public TimelineSegment Today() => _timeline.SegmentOn(Samples.Today, StandingView.Authority);

    /// <summary>The standing soon after issue, the farthest from today.</summary>
    [Benchmark]
    public TimelineSegment Early() => _timeline.SegmentOn(LongAgo, StandingView.Authority);

    /// <summary>What the registry says today.</summary>
    [Benchmark]
    public PermitRecord? Record() => _timeline.RecordOn(Samples.Today);
}
