using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Permits.Verification.V1;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Server.Hosting;
using Verification.Server.Tests.Support;
using Date = Google.Type.Date;
using PermitKind = Verification.Core.Permits.PermitKind;

namespace Verification.Server.Tests.Checks;

/// <summary>The first midnight of a new rulebook, over the wire: memory is warm, and the registry does not answer.</summary>
public sealed class RulebookMidnightTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Permits = 100_000;
    private const int BatchSize = 1_000;

    private static readonly DateOnly FirstDay = new(2026, 3, 11);
    private static readonly DateTimeOffset BeforeMidnight = new(2026, 3, 10, 15, 59, 59, 900, TimeSpan.Zero);
    private static readonly TimeSpan OverMidnight = TimeSpan.FromMilliseconds(100);

    private WatchedRegistry _registry = null!;
    private HeldLookup _lookup = null!;
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(
        configure: Configure, now: BeforeMidnight, rulebooks: TestRulebooks.Library(FirstDay));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Verify_MemoryWarmAndRegistryFrozen_AllAnswersAreRightAndOfOneRulebook()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await AskAllAsync(TestRulebooks.First);
        output.WriteLine($"{(GC.GetTotalMemory(forceFullCollection: true) - before) / Permits} bytes for a warm permit, both rulebooks");
        Freeze();
        var loads = _registry.Loads;

        _server.Clock.Advance(OverMidnight);
        await AskAllAsync(TestRulebooks.Second);

        Assert.Equal(loads, _registry.Loads);
    }

    [Fact]
    public async Task Verify_MessagesUnderWayOverMidnight_EachIsOfTheRulebookThatItCameUnder()
    {
        int[] permits = [.. Enumerable.Range(0, BatchSize)];
        await _server.Permits.BatchVerifyPermitsAsync(Batch(permits));
        Freeze();
        var loads = _registry.Loads;
        using var stream = _server.Permits.StreamVerifyPermits();

        var asked = _lookup.Asked;
        _lookup.Shut();
        var check = _server.Permits.VerifyPermitAsync(Check(2)).ResponseAsync;
        var timeline = _server.Permits.GetTimelineAsync(new GetTimelineRequest { PermitNumber = Number(2).ToString() }).ResponseAsync;
        Task<BatchVerifyPermitsResponse>[] batches =
            [.. Enumerable.Range(0, 4).Select(_ => _server.Permits.BatchVerifyPermitsAsync(Batch(permits)).ResponseAsync)];
        await stream.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Sequence = 1, Batch = Batch(permits) });
        await Eventually.TrueAsync(() => _lookup.Asked == asked + 7, "The messages did not come.");
        _server.Clock.Advance(OverMidnight);
        _lookup.Open();

        AssertRight(2, TestRulebooks.First, await check);
        AssertRight(2, TestRulebooks.First, await timeline);
        foreach (var batch in await Task.WhenAll(batches))
        {
            AssertRight(permits, TestRulebooks.First, batch);
        }

        AssertRight(permits, TestRulebooks.First, await NextAsync(stream.ResponseStream));
        await stream.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Sequence = 2, Batch = Batch(permits) });
        AssertRight(permits, TestRulebooks.Second, await NextAsync(stream.ResponseStream));
        AssertRight(2, TestRulebooks.Second, await _server.Permits.VerifyPermitAsync(Check(2)));
        AssertRight(
            2, TestRulebooks.Second, await _server.Permits.GetTimelineAsync(new GetTimelineRequest { PermitNumber = Number(2).ToString() }));
        Assert.Equal(loads, _registry.Loads);
    }

    [Fact]
    public async Task Verify_OneLoadUnderWayOverMidnight_AnswersBothWhoWaitForItByTheirOwnRulebook()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _server.Permits.VerifyPermitAsync(Check(1));
        var (loads, asked) = (_registry.Loads, _lookup.Asked);
        _registry.BeforeLoad = _ => answered.Task;

        var early = _server.Permits.VerifyPermitAsync(Check(3)).ResponseAsync;
        await Eventually.TrueAsync(() => _registry.Loads == loads + 1, "The load did not begin.");
        _server.Clock.Advance(OverMidnight);
        var late = _server.Permits.VerifyPermitAsync(Check(3)).ResponseAsync;
        await Eventually.TrueAsync(() => _lookup.Asked == asked + 2, "The second message did not come.");
        answered.SetResult();

        AssertRight(3, TestRulebooks.First, await early);
        AssertRight(3, TestRulebooks.Second, await late);
        AssertRight(3, TestRulebooks.Second, await _server.Permits.VerifyPermitAsync(Check(3)));
        Assert.Equal(loads + 1, _registry.Loads);
    }

    private static PermitNumber Number(int i) => PermitNumber.Parse($"BJ{i:000000}");

    private static VerifyPermitRequest Check(int i) =>
        new() { PermitNumber = Number(i).ToString(), Entitlements = { Entitlement.HomePurchase } };

    private static BatchVerifyPermitsRequest Batch(IEnumerable<int> permits)
    {
        var batch = new BatchVerifyPermitsRequest();
        batch.Checks.AddRange(permits.Select(Check));
        return batch;
    }

    /// <summary>Of every ten numbers one is unknown and one a residence permit, which the second rulebook leaves as it was.</summary>
    private static PermitHistory? HistoryOf(PermitNumber number)
    {
        var i = int.Parse(number.ToString()[2..], CultureInfo.InvariantCulture);
        var kind = i % 10 == 1 ? PermitKind.ResidencePermit : PermitKind.WorkResidencePermit;
        return i % 10 == 0
            ? null
            : new PermitHistory(number, [new RecordedEvent(i, new Issued(IssuedOn(i), kind), BeforeMidnight.AddDays(-1), "bureau")]);
    }

    private static DateOnly IssuedOn(int i) => new DateOnly(2025, 8, 1).AddDays(i % 200);

    private static void AssertRight(int[] permits, string version, BatchVerifyPermitsResponse response)
    {
        Assert.Equal(permits.Length, response.Items.Count);
        for (var i = 0; i < permits.Length; i++)
        {
            Assert.Null(response.Items[i].Error);
            AssertRight(permits[i], version, response.Items[i].Response);
        }
    }

    /// <summary>What the answer names, what its timeline says and what its entitlements say, are all of that rulebook.</summary>
    private static void AssertRight(int i, string version, VerifyPermitResponse response)
    {
        var decision = Assert.Single(response.Verdict.Entitlements);
        Assert.Equal(
            (i, version, Expected(i, version)),
            (i, response.Provenance.RulebookVersion,
                (response.Verdict.Status, Day(response.Verdict.ExpiresOn), decision.Decision, decision.Basis)));
    }

    private static (PermitStatus Status, DateOnly? ExpiresOn, Decision Decision, Basis Basis) Expected(int i, string version) => (i % 10) switch
    {
        0 => (PermitStatus.NotFound, null, Decision.NotConferred, Basis.PermitStatus),
        1 => (PermitStatus.Valid, IssuedOn(i).AddMonths(12), Decision.NotConferred, Basis.PermitKind),
        _ => version == TestRulebooks.First
            ? (PermitStatus.Valid, IssuedOn(i).AddMonths(36), Decision.Conferred, Basis.CitizenTreatment)
            : (PermitStatus.Valid, IssuedOn(i).AddMonths(48), Decision.Conditional, Basis.FurtherRules),
    };

    /// <summary>The standing turns on the day on which the term ends.</summary>
    private static void AssertRight(int i, string version, GetTimelineResponse response)
    {
        Assert.Equal(version, response.Provenance.RulebookVersion);
        Assert.Contains(Expected(i, version).ExpiresOn, response.Segments.Select(segment => Day(segment.From)));
    }

    private static DateOnly? Day(Date? date) => date is null ? null : new DateOnly(date.Year, date.Month, date.Day);

    private static async Task<BatchVerifyPermitsResponse> NextAsync(Grpc.Core.IAsyncStreamReader<StreamVerifyPermitsResponse> answers)
    {
        Assert.True(await answers.MoveNext(CancellationToken.None));
        return answers.Current.Response;
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddKeyedSingleton<IPermitRegistry>(
            RegistryHosting.Store,
            (services, _) =>
            {
                var generated = new GeneratedRegistry(Permits, services.GetRequiredService<TimeProvider>(), HistoryOf);
                return _registry = new WatchedRegistry(generated, generated, new UnavailableRegistry());
            });
        _lookup = HeldLookup.InFrontOfNode(builder);
    }

    /// <summary>The registry fails whoever reads a permit, and leaves who asks for changes without an answer.</summary>
    private void Freeze()
    {
        _registry.BeforeLoad = _ => throw new InvalidOperationException("The registry was read.");
        _registry.BeforePoll = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
    }

    private async Task AskAllAsync(string version)
    {
        for (var first = 0; first < Permits; first += BatchSize)
        {
            int[] permits = [.. Enumerable.Range(first, BatchSize)];
            AssertRight(permits, version, await _server.Permits.BatchVerifyPermitsAsync(Batch(permits)));
        }
    }
}
