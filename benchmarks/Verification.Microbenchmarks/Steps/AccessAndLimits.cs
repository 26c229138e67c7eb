using System.Security.Claims;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Verification.Audit.Records;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Checks;
using Verification.Server.Limits;

namespace Verification.Microbenchmarks.Steps;

/// <summary>
/// What a check does to see who asks and whether they may. Beside it: the digest of the API key and the decision made from it, which every
/// call would cost if its connection remembered nothing.
/// </summary>
public class AccessAndLimits
{
    private MeasuredService _service = null!;
    private ConsumerDirectory _directory = null!;
    private ConsumerGate _gate = null!;
    private ChecksInFlight _inFlight = null!;
    private RulebookLibrary _rulebooks = null!;
    private Days _days = null!;
    private TimeProvider _clock = null!;
    private Asker _asker = null!;
    private DefaultHttpContext _call = null!;

    /// <summary>Lets a call in, and checks the answers.</summary>
    [GlobalSetup]
    public async Task LetInAsync()
    {
        _service = await MeasuredService.StartAsync();
        _directory = _service.Get<ConsumerDirectory>();
        _gate = _service.Get<ConsumerGate>();
        _inFlight = _service.Get<ChecksInFlight>();
        _rulebooks = _service.Get<RulebookLibrary>();
        _days = _service.Get<Days>();
        _clock = _service.Get<TimeProvider>();
        _asker = _service.Asker;
        _call = new DefaultHttpContext { User = new ClaimsPrincipal(new ConsumerIdentity(Schemes.ApiKey, _asker.Credential, _asker.Decision)) };
        _call.SetEndpoint(new Endpoint(requestDelegate: null, metadata: null, "check"));
        _call.Features.Set(new ConnectionMemory());
        _call.Request.Headers.Authorization = $"Bearer {MeasuredService.ApiKey}";
        Answers.Must(!Recall(), "A gate that remembers nothing");
        _gate.Remember(_call);

        Answers.Must(Decide(), nameof(Decide));
        Answers.Must(Recall(), nameof(Recall));
        Answers.Must(Scope() == StandingView.Restricted, nameof(Scope));
        Answers.Must(Limits(), nameof(Limits));
        Answers.Must(Together(), nameof(Together));
    }

    /// <summary>Ends the service.</summary>
    [GlobalCleanup]
    public async Task EndAsync() => await _service.DisposeAsync();

    /// <summary>A key digested and looked up.</summary>
    [Benchmark(Baseline = true)]
    public bool Decide() => ApiKey.FromText(MeasuredService.ApiKey)!.Admit(_directory.Current, _clock.GetUtcNow()).Consumer == _asker.Decision.Consumer;

    /// <summary>The gate, for a call whose connection was let in.</summary>
    [Benchmark]
    public bool Recall() => _gate.TryRecall(_call);

    /// <summary>The day, its rulebook, and what the asker may see by it.</summary>
    [Benchmark]
    public StandingView Scope()
    {
        var now = _clock.GetUtcNow();
        var today = _days.At(now);
        return new Inquiry(default, AuditCall.Check, _asker, now, today, _rulebooks.On(today.Date)).View;
    }

    /// <summary>The consumer's budgets, and the node's room for lookups.</summary>
    [Benchmark]
    public bool Limits()
    {
        var isFine = _asker.Budget.TakeChecks(1) is null && _asker.Budget.TakeUnknown(0) is null;
        using var room = _inFlight.Enter();
        return isFine && room.IsAcquired;
    }

    /// <summary>All of it, and whether the decision still holds.</summary>
    [Benchmark]
    public bool Together() =>
        Recall() && _asker.Decision.Holds(_directory.Current, _clock.GetUtcNow()) && Scope() == StandingView.Restricted && Limits();
}
