using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;

namespace Verification.Microbenchmarks.Steps;

/// <summary>A verdict from a compiled permit. Beside it: the row of the entitlement table alone.</summary>
public class Decisions
{
    private readonly PermitTimeline _timeline = TimelineCompiler.Compile(Samples.History(0), Samples.Rulebook)!.Value;
    private readonly VerdictRules _rules = new(Samples.Digester);
    private readonly Subject _holder = new(SubjectRole.Holder, Samples.Identity);

    /// <summary>Checks the answers.</summary>
    [GlobalSetup]
    public void Check()
    {
        Answers.Must(Row().Length > 0, nameof(Row));
        Answers.Must(Known().Standing == _timeline.SegmentOn(Samples.Today, StandingView.Restricted).Standing, nameof(Known));
        Answers.Must(WithIdentity().SubjectMatch == SubjectMatch.Matched, nameof(WithIdentity));
        Answers.Must(Unknown().Standing.Status == PermitStatus.NotFound, nameof(Unknown));
    }

    /// <summary>The table's row for the permit's kind.</summary>
    [Benchmark(Baseline = true)]
    public ImmutableArray<EntitlementDecision> Row() => Samples.Rulebook.Entitlements.On(Samples.Today).Decide(_timeline.Kind, SubjectRole.Holder);

    /// <summary>A known permit.</summary>
    [Benchmark]
    public Verdict Known() => _rules.Decide(Samples.Number, _timeline, Samples.Today, Subject.Holder, null, StandingView.Restricted);

    /// <summary>A known permit and its holder's identity number.</summary>
    [Benchmark]
    public Verdict WithIdentity() => _rules.Decide(Samples.Number, _timeline, Samples.Today, _holder, 2, StandingView.Restricted);

    /// <summary>A number that the registry does not know.</summary>
    [Benchmark]
    public Verdict Unknown() => _rules.Decide(Samples.Unknown, null, Samples.Today, Subject.Holder, null, StandingView.Restricted);
}
