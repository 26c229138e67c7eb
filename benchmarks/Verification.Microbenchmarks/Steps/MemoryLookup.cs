using BenchmarkDotNet.Attributes;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Timelines;

namespace Verification.Microbenchmarks.Steps;

/// <summary>A lookup that memory answers. Beside it: a dictionary of the same timelines.</summary>
public class MemoryLookup
{
    private readonly PermitNumber[] _numbers = [.. Enumerable.Range(0, Samples.Count).Select(index => PermitNumber.Parse(Samples.TextOf(index)))];
    private Dictionary<PermitNumber, PermitTimeline> _plain = null!;
    private MeasuredService _service = null!;
    private IPermitLookup _lookup = null!;
    private int _next;

    /// <summary>Fills memory and checks the answers.</summary>
    [GlobalSetup]
    public async Task FillAsync()
    {
        _plain = _numbers.Select((number, index) => (number, TimelineCompiler.Compile(Samples.History(index), Samples.Rulebook)!.Value)).ToDictionary();
        _service = await MeasuredService.StartAsync();
        _lookup = _service.Get<IPermitLookup>();
        await _lookup.FindManyAsync([.. _numbers, Samples.Unknown], Samples.Rulebook, default, CancellationToken.None);
        for (var i = 0; i < Samples.Count; i++)
        {
            var number = _numbers[(_next + 1) % Samples.Count];
            Answers.Must(Hit() is { Source: LookupSource.Memory, Timeline: { } timeline } && timeline.Number == number, nameof(Hit));
        }

        Answers.Must(_numbers.Contains(Dictionary().Number), nameof(Dictionary));
        Answers.Must(Absent() is { Source: LookupSource.Memory, Timeline: null }, nameof(Absent));
    }

    /// <summary>Ends the service.</summary>
    [GlobalCleanup]
    public async Task EndAsync() => await _service.DisposeAsync();

    /// <summary>The same permits in a dictionary.</summary>
    [Benchmark(Baseline = true)]
    public PermitTimeline Dictionary() => _plain[Next()];

    /// <summary>One permit after the other.</summary>
    [Benchmark]
    public PermitAnswer Hit() => Find(Next());

    /// <summary>A number that is known to be unknown.</summary>
    [Benchmark]
    public PermitAnswer Absent() => Find(Samples.Unknown);

    private PermitAnswer Find(PermitNumber number) => Answers.AtOnce(_lookup.FindAsync(number, Samples.Rulebook, default, CancellationToken.None));

    private PermitNumber Next() => _numbers[_next = (_next + 1) % Samples.Count];
}
