using System.Diagnostics;
using Verification.EndToEnd.Tests.Architecture;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>Debian's haproxy with the configuration of <c>deploy/haproxy</c>: the nodes' names and ports are another machine's, and nothing else.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private const string Binary = "/usr/sbin/haproxy";

    private readonly ChildProcess _process;

    private Balancer(ChildProcess process, int port) => (_process, Address) = (process, new Uri($"http://127.0.0.1:{port}"));

    /// <summary>Where callers reach the nodes.</summary>
    public Uri Address { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Its last lines.</summary>
    public string Said => _process.Said;

    /// <summary>The configuration as it is deployed.</summary>
    public static string ConfigurationFile => Path.Combine(Repository.Root, "deploy", "haproxy", "haproxy.cfg");

    public static void SkipUnlessInstalled() => Assert.SkipUnless(File.Exists(Binary), $"{Binary} (haproxy) is not installed.");

    /// <summary>Starts it before two nodes, whose ports are the same on two addresses.</summary>
    /// <param name="folder">Where its configuration is written.</param>
    /// <param name="nodes">Their hosts.</param>
    /// <param name="grpc">Their port for gRPC.</param>
    /// <param name="http">Their port for health.</param>
    public static Balancer Start(string folder, (string First, string Second) nodes, int grpc, int http)
    {
        var port = LoopbackPort.Free();
        var file = Path.Combine(folder, "haproxy.cfg");
        File.WriteAllText(file, File.ReadAllText(ConfigurationFile)
            .Replace("bind :5081", $"bind 127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("node1:5081", $"{nodes.First}:{grpc}", StringComparison.Ordinal)
            .Replace("node2:5081", $"{nodes.Second}:{grpc}", StringComparison.Ordinal)
            .Replace("port 5080", $"port {http}", StringComparison.Ordinal));
        return new Balancer(new ChildProcess(Run("-db", "-f", file)), port);
    }

    /// <summary>Has it judge a configuration.</summary>
    public static async Task<(int ExitCode, string Says)> CheckAsync(string file)
    {
        using var process = Run("-c", "-f", file);
        var says = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await says);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Process Run(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
