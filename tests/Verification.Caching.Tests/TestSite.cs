using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Verification.Caching.Redis;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Storage.Sqlite;

namespace Verification.Caching.Tests;

/// <summary>A SQLite registry in a folder of its own, and nodes in front of it.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    public static readonly Rulebook Rulebook = RulebookLibrary.Embedded.On(new DateOnly(2026, 11, 22));

    private readonly DirectoryInfo _folder;
    private readonly SqliteRegistry _store;
    private readonly TimeProvider _clock;
    private readonly List<RegistryNode> _nodes = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _stopped = new();

    private TestSite(DirectoryInfo folder, SqliteRegistry store, TimeProvider clock)
    {
        _folder = folder;
        _store = store;
        _clock = clock;
        Registry = new WatchedRegistry(store) { SeemsRecordedIn = true };
    }

    /// <summary>The registry as nodes see it.</summary>
    public WatchedRegistry Registry { get; }

    /// <summary>The registry as memory is filled from it.</summary>
    public IPermitScan Scan => _store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestSite> OpenAsync(TimeProvider clock)
    {
        var folder = Directory.CreateTempSubdirectory("verification-");
        return new TestSite(folder, await SqliteRegistry.OpenAsync(Path.Combine(folder.FullName, "registry.db"), true, 1, clock, Token), clock);
    }

    public static CachingOptions Options(string? redis = null) => new()
    {
        Memory = { Limit = 8 << 20 },
        Redis =
        {
            ConnectionString = redis,
            MacKey = Convert.ToBase64String(new byte[FactsCodec.MinKeySize]),
            BreakDuration = TimeSpan.FromMilliseconds(500),
        },
    };

    public static PermitNumber Number(int i) => PermitNumber.Parse($"BJ2024{i:000000}");

    /// <summary>A node that does not poll by itself.</summary>
    public RegistryNode Node(CachingOptions? options = null, RulebookLibrary? rulebooks = null, TimeProvider? clock = null)
    {
        var node = new RegistryNode(
            Registry, Registry, options ?? Options(), rulebooks ?? RulebookLibrary.Embedded, clock ?? _clock, NullLoggerFactory.Instance);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Lets a node run as with a host, until the site closes.</summary>
    public void Run(RegistryNode node) => _running.Add(Task.Run(() => node.RunAsync(_stopped.Token), _stopped.Token));

    /// <summary>A node that runs and is ready.</summary>
    public async Task<RegistryNode> RunningNodeAsync(CachingOptions? options = null, RulebookLibrary? rulebooks = null)
    {
        var node = Node(options, rulebooks);
        Run(node);
        await Eventually.TrueAsync(() => node.Readiness.Check().IsEmpty, "The node did not become ready.");
        return node;
    }

    /// <summary>A node that has heard of the registry.</summary>
    public async Task<RegistryNode> PolledNodeAsync(CachingOptions? options = null, RulebookLibrary? rulebooks = null)
    {
        var node = Node(options, rulebooks);
        await node.Feed.PollAsync(Token);
        await node.Feed.SettleStampsAsync(node.Feed.Position!.Epoch, Token);
        return node;
    }

    /// <summary>Issues a work residence permit.</summary>
    public Task<long> IssueAsync(PermitNumber number, DateOnly? on = null) =>
        AppendAsync(number, new Issued(on ?? new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit));

    public async Task<long> AppendAsync(PermitNumber number, PermitEvent happening, IPermitRegistry? through = null)
    {
        var result = await (through ?? _store).AppendAsync(
            new EventAppend(Guid.NewGuid().ToString("N"), number, happening, "bureau"), Token);
        Assert.Null(result.Rejection);
        return result.Revision;
    }

    /// <summary>Issues permits 0 to count − 1 in one import.</summary>
    public async Task ImportAsync(int count, DateOnly on)
    {
        for (var done = 0; done < count; done += 10_000)
        {
            var lines = Enumerable.Range(done, Math.Min(10_000, count - done))
                .Select(i => new ImportLine(i + 1, new PermitStatement(Number(i), new Issued(on, PermitKind.WorkResidencePermit))));
            var last = Math.Min(done + 10_000, count);
            await _store.ImportAsync(new ImportBatch("file", done, last, [.. lines], "00", last == count, "bureau"), Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _stopped.Dispose();
        await _store.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
