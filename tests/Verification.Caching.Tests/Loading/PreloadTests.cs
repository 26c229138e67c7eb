using Microsoft.Extensions.Logging.Abstractions;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Loading;

public sealed class PreloadTests : IAsyncLifetime
{
    private const int Permits = 12_345;

    private TestSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.OpenAsync(TimeProvider.System);
        await _site.ImportAsync(Permits, new DateOnly(2026, 3, 5));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Run_PreloadOn_AnswersEveryPermitFromMemoryWithoutALoad()
    {
        await using var node = Node(limit: 8 << 20, _site.Scan);
        _site.Run(node);
        await PreloadedAsync(node);

        for (var i = 0; i < Permits; i++)
        {
            var answer = await FindAsync(node, TestSite.Number(i));
            Assert.Equal((LookupSource.Memory, TestSite.Number(i)), (answer.Source, answer.Timeline!.Value.Number));
        }

        Assert.Equal(0, _site.Registry.Loads);
        Assert.Equal(Permits, node.Feed.Position!.Epoch.Memory.PermitCount);
    }

    /// <summary>It ends where memory is nearly full: what came first stays.</summary>
    [Fact]
    public async Task Run_MorePermitsThanFit_StopsAndStaysWithinTheLimit()
    {
        const int Limit = 400 << 10;
        await using var node = Node(Limit, _site.Scan);
        _site.Run(node);
        await PreloadedAsync(node);

        var memory = node.Feed.Position!.Epoch.Memory;
        Assert.True(memory.Size <= Limit, $"{memory.Size} bytes.");
        Assert.InRange(memory.PermitCount, 2_000, Permits - 1);
    }

    /// <summary>A permit that changes between the reading of its page and its coming into memory is told as it is now.</summary>
    [Fact]
    public async Task Run_PermitThatChangesMeanwhile_IsToldAsItIsNow()
    {
        var number = TestSite.Number(7);
        var scan = new HeldScan(_site.Scan);
        await using var node = Node(limit: 8 << 20, scan);
        _site.Run(node);
        await scan.Read.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

        // The page is read, and not held yet.
        await _site.AppendAsync(number, new Cancelled(new DateOnly(2026, 11, 1), null));
        node.Feed.Nudge();
        var before = await FindAsync(node, number, FreshnessDemand.FullyConsistent());
        scan.Release.SetResult();
        await PreloadedAsync(node);
        var after = await FindAsync(node, number);

        Assert.Equal(StatusOf(before), StatusOf(after));
        Assert.Equal(PermitStatus.Cancelled, StatusOf(after));
        Assert.Equal(LookupSource.Memory, after.Source);
    }

    /// <summary>What cannot be read is not held; the node answers all the same.</summary>
    [Fact]
    public async Task Run_DamagedRegistry_EndsAndAnswersAllTheSame()
    {
        await using var node = Node(limit: 8 << 20, new DamagedScan());
        _site.Run(node);
        await PreloadedAsync(node);

        var answer = await FindAsync(node, TestSite.Number(1));
        Assert.Equal(LookupSource.Registry, answer.Source);
        Assert.Empty(node.Readiness.Check());
    }

    /// <summary>Under the rulebook in use, which is what memory is filled for.</summary>
    private static ValueTask<PermitAnswer> FindAsync(RegistryNode node, PermitNumber number, FreshnessDemand demand = default) => node.Lookup.FindAsync(
        number, RulebookLibrary.Embedded.On(Calendar.DateInBeijing(TimeProvider.System.GetUtcNow())), demand, Token);

    private static PermitStatus StatusOf(PermitAnswer answer) =>
        answer.Timeline!.Value.SegmentOn(new DateOnly(2026, 11, 22), StandingView.Authority).Standing.Status;

    private RegistryNode Node(long limit, IPermitScan scan)
    {
        var options = TestSite.Options();
        (options.Memory.Limit, options.Memory.Preload) = (limit, true);
        return new RegistryNode(
            _site.Registry, _site.Registry, options, RulebookLibrary.Embedded, TimeProvider.System, NullLoggerFactory.Instance, scan: scan);
    }

    private static Task PreloadedAsync(RegistryNode node) => Eventually.TrueAsync(
        () => node.Feed.Position is not null && node.Readiness.PermitsPreloaded is null, "Memory was not filled.");

    /// <summary>Holds its first page up after it was read.</summary>
    private sealed class HeldScan(IPermitScan scan) : IPermitScan
    {
        public TaskCompletionSource Read { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<PermitPage> ReadPageAsync(PermitNumber after, int limit, CancellationToken cancellationToken)
        {
            var page = await scan.ReadPageAsync(after, limit, cancellationToken);
            Read.TrySetResult();
            await Release.Task.WaitAsync(cancellationToken);
            return page;
        }
    }

    private sealed class DamagedScan : IPermitScan
    {
        public Task<PermitPage> ReadPageAsync(PermitNumber after, int limit, CancellationToken cancellationToken) =>
            throw new RegistryDamagedException("The registry is damaged.", new InvalidOperationException());
    }
}
