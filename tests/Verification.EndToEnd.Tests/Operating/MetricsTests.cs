using System.Text.Json;
using System.Text.RegularExpressions;
using Grpc.Core;
using Verification.EndToEnd.Tests.Architecture;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>What a running node shows to Prometheus is what the dashboard and the alerts name, and grows with nothing that is asked.</summary>
public sealed partial class MetricsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Series_NamedByDashboardAndAlerts_AreAllThereAfterALoad()
    {
        await using var redis = await RedisServer.StartNewAsync();
        var pfx = _folder.PathOf("server.pfx");
        Faults.WriteCertificate(pfx, days: 90);
        await using var node = await MeasuredNode.StartAsync(
            _folder.PathOf("node"),
            $"--ConnectionStrings:Redis={redis.ConnectionString}",
            "--Verification:Lookup:Redis:MacKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            $"--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:{LoopbackPort.Free()}",
            $"--Kestrel:Endpoints:Tls:Certificate:Path={pfx}");
        await NodeLoad.LoadAsync(node);
        var names = (await node.ScrapeAsync()).Names;
        var dashboard = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana", "dashboards", "permit-verification.json"));
        var alerts = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "prometheus", "alerts.yml"));
        var named = Expressions(JsonDocument.Parse(dashboard).RootElement)
            .Concat(AlertExpression().Matches(alerts).Select(expression => expression.Groups[1].Value))
            .SelectMany(expression => SeriesName().Matches(expression).Select(name => name.Value)).Distinct().ToArray();

        Assert.True(named.Length > 25, string.Join(' ', named));

        // A load that never fails has nothing of failed loads to show.
        Assert.Empty(named.Except(names).Except(["verification_registry_failures_total"]));
    }

    [Fact]
    public async Task Labels_AfterManyDifferentQuestions_AreThoseOfFewAndNameNobody()
    {
        await using var node = await MeasuredNode.StartAsync(_folder.PathOf("node"));
        await NodeLoad.LoadAsync(node, checks: 60);
        var few = await node.ScrapeAsync();
        await NodeLoad.WalkAsync(node, questions: 500);
        var many = await node.ScrapeAsync();

        var added = many.Series.Keys.Except(few.Series.Keys).Where(series => !series.Contains("_bucket{", StringComparison.Ordinal)).ToArray();
        Assert.True(added.Length < 40, string.Join('\n', added));
        Assert.All(many.Series.Keys, series => Assert.DoesNotMatch(@"(BJ|JZ|GJ)\d{6,}|\d{17}[\dX]", series));
    }

    /// <summary>Beyond 2,000 pairs what counts them makes one of the rest, without consumer and reason: no alert would see it.</summary>
    [Fact]
    public async Task Refusals_OfMoreThanAThousandConsumers_KeepConsumerAndReason()
    {
        string[] consumers = [.. Enumerable.Range(0, 1_100).Select(i => $"school-{i}")];
        await using var node = await MeasuredNode.StartAsync(
            _folder.PathOf("node"), [.. consumers.SelectMany(name => MeasuredNode.Consumer(name, "school", "verify"))]);
        foreach (var name in consumers)
        {
            var key = new Metadata { { "authorization", $"Bearer {name}" } };
            await Assert.ThrowsAsync<RpcException>(async () => await node.Client.Verification.VerifyPermitAsync(new() { PermitNumber = "?" }, key, cancellationToken: TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<RpcException>(async () => await node.Client.Registry.GetPermitAsync(new() { PermitNumber = "BJ2024000017" }, key, cancellationToken: TestContext.Current.CancellationToken));
        }

        string[] refusals = [];
        await TestSupport.Eventually.TrueAsync(
            async () =>
            {
                refusals = [.. (await node.ScrapeAsync()).Series.Keys.Where(series => series.StartsWith("verification_refusals_total{", StringComparison.Ordinal))];
                return refusals.Length >= 2 * consumers.Length;
            },
            "Not every consumer's refusals are told apart.");

        Assert.All(consumers, name => Assert.Equal(2, refusals.Count(series => series.Contains($"consumer=\"{name}\"", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Log_AsJson_IsOneObjectALineAndSaysWhatRuns()
    {
        await using var node = await MeasuredNode.StartAsync(_folder.PathOf("node"), "--Verification:Telemetry:LogFormat=json");
        await Eventually.TrueAsync(() => node.Log.Contains("serves.", StringComparison.Ordinal), $"No line says what runs.\n{node.Log}");

        var lines = node.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        var start = Assert.Single(lines, line => line.GetProperty("event").GetInt32() == 2008).GetProperty("fields");
        Assert.Equal("memory, registry", start.GetProperty("Tiers").GetString());
        Assert.StartsWith("SQLite, ", start.GetProperty("Registry").GetString(), StringComparison.Ordinal);
        Assert.Equal("2", start.GetProperty("Consumers").GetString());
        Assert.Contains(node.Address.ToString().TrimEnd('/'), start.GetProperty("Listeners").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_AsJsonOfACallThatFails_BearsItsTraceAndItsCheck()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        await using var node = await MeasuredNode.StartAsync(_folder.PathOf("node"), "--Verification:Telemetry:LogFormat=json");
        await NodeLoad.RecordAsync(node, [NodeLoad.NumberOf(0)]);
        foreach (var file in Directory.EnumerateFiles(_folder.PathOf("node"), "registry.db*"))
        {
            File.Delete(file);
        }

        await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await node.Client.Verification.VerifyPermitAsync(
            new() { PermitNumber = NodeLoad.NumberOf(1) },
            new Grpc.Core.Metadata { { "traceparent", $"00-{Trace}-b7ad6b7169203331-00" } },
            cancellationToken: TestContext.Current.CancellationToken));

        await Eventually.TrueAsync(() => node.Log.Contains(Trace, StringComparison.Ordinal), $"No line bears the trace.\n{node.Log}");
        var line = JsonDocument.Parse(node.Log.Split('\n').First(line => line.Contains(Trace, StringComparison.Ordinal))).RootElement;
        Assert.Equal(Trace, line.GetProperty("trace_id").GetString());
        Assert.Equal(32, line.GetProperty("check_id").GetString()!.Length);
        Assert.DoesNotContain(NodeLoad.NumberOf(1), node.Log, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(
            property => property.Name == "expr" ? [property.Value.GetString()!] : Expressions(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions),
        _ => [],
    };

    [GeneratedRegex(@"expr: (.+)")]
    private static partial Regex AlertExpression();

    [GeneratedRegex(@"\b(verification|http_server|kestrel|dotnet)_[a-z0-9_]+|\bup\b")]
    private static partial Regex SeriesName();
}
