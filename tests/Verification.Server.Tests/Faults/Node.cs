using Verification.Caching;
using Verification.Caching.Coherence;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Faults;

/// <summary>Servers by the machine's clock, with every setting at its default, as nodes on one registry and one Redis.</summary>
internal static class Node
{
    private const string MacKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="redis">The connection string of a Redis, or null.</param>
    /// <param name="folder">The registry's folder, where other nodes share it.</param>
    /// <param name="args">Further settings.</param>
    public static async Task<TestServer> StartAsync(string? redis, string? folder = null, params string[] args)
    {
        string[] settings = redis is null
            ? args
            : [$"--ConnectionStrings:Redis={redis}", $"--Verification:Lookup:Redis:MacKey={MacKey}", .. args];
        var server = await TestServer.StartAsync(
            folder, byMachineClock: true, args: ["--Verification:Lookup:Feed:MinPollSpacing=5ms", .. settings]);
        await Eventually.TrueAsync(() => server.Service<LookupReadiness>().Check().IsEmpty, "The node did not become ready.");
        return server;
    }

    /// <summary>What its tiers count.</summary>
    public static Counts Count(TestServer server) => new(server.Service<RegistryNode>().Metrics.Meter);
}
