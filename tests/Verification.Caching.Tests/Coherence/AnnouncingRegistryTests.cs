using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Caching.Telemetry;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

/// <summary>What is committed is answered so, whatever the announcement throws.</summary>
public sealed class AnnouncingRegistryTests : IAsyncLifetime
{
    private readonly CountedLog _log = new();
    private readonly CachingMetrics _metrics = new();
    private TestSite _site = null!;
    private AnnouncingRegistry _registry = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.OpenAsync(new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero)));
        var damaged = new DamagedPermits(_ => string.Empty, _metrics, _log);
        _registry = new AnnouncingRegistry(_site.Registry, damaged, () => throw new InvalidOperationException("No one listens."), _log);
    }

    public ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        return _site.DisposeAsync();
    }

    [Fact]
    public async Task Append_AnnouncementThrows_AnswersTheCommit()
    {
        var happening = new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit);

        var result = await _registry.AppendAsync(new EventAppend("one", TestSite.Number(1), happening, "bureau"), Token);

        Assert.Equal((1, null), (result.Revision, result.Rejection));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Import_AnnouncementThrows_AnswersTheCommit()
    {
        var result = await _registry.ImportAsync(new ImportBatch("file", 0, 1, [], "00", true, "bureau"), Token);

        Assert.True(result.Progress.IsComplete);
    }

    [Fact]
    public async Task MarkRestored_AnnouncementThrows_AnswersTheCommit()
    {
        var head = await _registry.MarkRestoredAsync(1_000, Token);

        Assert.Equal(head, await _site.Registry.ReadHeadAsync(Token));
    }

    [Fact]
    public async Task ConfirmClock_AnnouncementThrows_AnswersTheCommit()
    {
        await _site.IssueAsync(TestSite.Number(1));

        await _registry.ConfirmClockAsync(Token);

        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Calls_ThatCommit_AreAnnouncedAndOthersAreNot()
    {
        var announced = 0;
        var damaged = new DamagedPermits(_ => string.Empty, _metrics, _log);
        var registry = new AnnouncingRegistry(_site.Registry, damaged, () => announced++, _log);
        var append = new EventAppend(
            "one", TestSite.Number(1), new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit), "bureau");

        await registry.AppendAsync(append, Token);
        Assert.Equal(1, announced);
        await registry.AppendAsync(append, Token);
        await registry.AppendAsync(append with { RequestId = "two" }, Token);
        await registry.ReadHeadAsync(Token);
        await registry.ReadChangesAsync(0, 10, Token);
        await registry.ReadBucketStampsAsync(Token);
        await registry.ReadImportAsync("file", Token);
        await registry.ReadRejectsAsync("file", 0, 10, Token);
        await registry.LoadAsync(TestSite.Number(1), Token);
        await registry.LoadAsync([TestSite.Number(1)], Token);
        Assert.Equal(1, announced);

        await registry.ImportAsync(new ImportBatch("file", 0, 1, [], "00", true, "bureau"), Token);
        await registry.ConfirmClockAsync(Token);
        await registry.MarkRestoredAsync(1_000, Token);
        Assert.Equal(4, announced);
    }
}
