using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Auditing;
using Verification.Server.Checks;

namespace Verification.Microbenchmarks.Steps;

/// <summary>The record of a check put into the audit log. Beside it: the identifier that it bears, which every answer needs anyhow.</summary>
public class AuditRecording
{
    private readonly ImmutableArray<Entitlement> _entitlements = Samples.Rulebook.ScopeOf(ConsumerClass.School).Entitlements;
    private MeasuredService _service = null!;
    private IAuditTrail _trail = null!;
    private Inquiry _inquiry;
    private Check _check;
    private Check _withIdentity;
    private Verdict _verdict;
    private PermitAnswer _known;

    /// <summary>Opens the log, and checks that it takes records.</summary>
    [GlobalSetup]
    public async Task OpenAsync()
    {
        _service = await MeasuredService.StartAsync();
        _trail = _service.Get<IAuditTrail>();
        var instant = _service.Get<TimeProvider>().GetUtcNow();
        _inquiry = new Inquiry(
            Guid.CreateVersion7(instant), AuditCall.Check, _service.Asker, instant, _service.Get<Days>().At(instant), Samples.Rulebook);
        var timeline = TimelineCompiler.Compile(Samples.History(0), Samples.Rulebook);
        var digest = Samples.Digester.Digest(Samples.Number, SubjectRole.Holder, Samples.Identity);
        var holder = new DigestedSubject(SubjectRole.Holder, null);
        _check = new Check(Samples.Number, _entitlements, holder, null, Samples.Today, null, null, default);
        _withIdentity = _check with
        {
            Subject = holder with { Identity = digest.First128Bits },
            Identity = new AuditIdentity(IdentityDocument.ResidentIdentityCard, digest),
            Reference = AuditText.Of("case-2026/17"),
        };
        _verdict = VerdictRules.Decide(Samples.Number, timeline, Samples.Today, holder, null, StandingView.Restricted);
        _known = new PermitAnswer(timeline, Samples.Rulebook, 4_000, Samples.Noon, LookupSource.Memory);
        Answers.Must(Record(), nameof(Record));
        Answers.Must(WithIdentity(), nameof(WithIdentity));
    }

    /// <summary>Ends the service.</summary>
    [GlobalCleanup]
    public async Task EndAsync() => await _service.DisposeAsync();

    /// <summary>The identifier.</summary>
    [Benchmark(Baseline = true)]
    public Guid Identifier() => MessageIds.New(_inquiry.Instant);

    /// <summary>A check of the permit alone.</summary>
    [Benchmark]
    public bool Record() => _trail.TryAppend(new CheckId(_inquiry.Id), _check, _verdict, _known, default, _inquiry) is null;

    /// <summary>A check with an identity number and the caller's reference.</summary>
    [Benchmark]
    public bool WithIdentity() => _trail.TryAppend(new CheckId(_inquiry.Id), _withIdentity, _verdict, _known, default, _inquiry) is null;
}
