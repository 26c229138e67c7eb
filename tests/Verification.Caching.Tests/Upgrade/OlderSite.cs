using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Redis;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;
using Verification.Storage.Sqlite;

namespace Verification.Caching.Tests.Upgrade;

/// <summary>
/// A registry that the version with rulebook 2026.1 made, and what its nodes held of it in Redis (<c>tests/Cases/made-by-2026.1</c>),
/// opened by this version.
/// </summary>
internal sealed class OlderSite : IAsyncDisposable
{
    /// <summary>The key of its identity digests.</summary>
    public static readonly IdentityDigester Digester = new(new byte[IdentityDigester.MinKeySize]);

    /// <summary>The rulebook that it was made under.</summary>
    public static readonly Rulebook Rulebook = RulebookLibrary.Embedded.Find("2026.1")!;

    private readonly DirectoryInfo _folder;
    private readonly List<RegistryNode> _nodes = [];

    private OlderSite(DirectoryInfo folder, SqliteRegistry store)
    {
        _folder = folder;
        Store = store;
        Registry = new WatchedRegistry(store);
    }

    /// <summary>Some minutes after it was made.</summary>
    public static FakeTimeProvider Clock => new(new DateTimeOffset(2026, 11, 22, 10, 5, 0, TimeSpan.Zero));

    /// <summary>The registry.</summary>
    public SqliteRegistry Store { get; }

    /// <summary>The registry as nodes see it.</summary>
    public WatchedRegistry Registry { get; }

    public static async Task<OlderSite> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("verification-");
        var path = Path.Combine(folder.FullName, "registry.db");
        await using (var packed = new GZipStream(File.OpenRead(PathOf("made-by-2026.1", "registry.db.gz")), CompressionMode.Decompress))
        await using (var file = File.Create(path))
        {
            await packed.CopyToAsync(file, TestContext.Current.CancellationToken);
        }

        return new OlderSite(
            folder, await SqliteRegistry.OpenAsync(path, false, Digester.KeyId, Clock, TestContext.Current.CancellationToken));
    }

    /// <summary>What its nodes held in Redis.</summary>
    public static IReadOnlyDictionary<PermitNumber, byte[]> Facts() => Lines("made-by-2026.1", "facts.ndjson").ToDictionary(
        line => PermitNumber.Parse(line.GetProperty("permit").GetString()), line => line.GetProperty("facts").GetBytesFromBase64());

    /// <summary>The lines of a file of the cases.</summary>
    public static IEnumerable<JsonElement> Lines(string folder, string file) =>
        File.ReadLines(PathOf(folder, file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    public static string PathOf(string folder, string file) => Path.Combine(AppContext.BaseDirectory, "Cases", folder, file);

    /// <summary>A node of this version that has heard of the registry.</summary>
    public async Task<RegistryNode> PolledNodeAsync(IRedisTier? redis = null)
    {
        var options = TestSite.Options();
        options.Redis.MacKey = Convert.ToBase64String([.. Enumerable.Range(0, FactsCodec.MinKeySize).Select(i => (byte)i)]);
        var node = new RegistryNode(
            Registry, Registry, options, RulebookLibrary.Embedded, Clock, NullLoggerFactory.Instance, feed: null, redis);
        _nodes.Add(node);
        await node.Feed.PollAsync(TestContext.Current.CancellationToken);
        await node.Feed.SettleStampsAsync(node.Feed.Position!.Epoch, TestContext.Current.CancellationToken);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Store.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
