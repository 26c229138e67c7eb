using System.Globalization;
using Verification.Load.Commands;
using Verification.Load.Servers;

namespace Verification.Load;

/// <summary>
/// <c>dotnet run -c Release --project benchmarks/Verification.Load [SCENARIO…] [--quick]</c>: measures the service beside its yardsticks.
/// Started by itself as <c>serve …</c>, it is one of the servers.
/// </summary>
internal static class Program
{
    /// <summary>Measures, compares, lists or serves.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is ["serve", "made-up", "--permits", var permits, .. var service])
        {
            await MadeUpHost.RunAsync(int.Parse(permits, CultureInfo.InvariantCulture), service);
            return 0;
        }

        if (args is ["serve", HostedService.Recorded or HostedService.Unrecorded, .. var settings])
        {
            await HostedService.RunAsync(isRecorded: args[1] == HostedService.Recorded, settings);
            return 0;
        }

        var root = RunCommand.Create();
        root.Add(ServeCommand.Create());
        root.Add(ListCommand.Create());
        root.Add(CompareCommand.Create());
        root.Add(PageCommand.Create());
        root.Add(GateCommand.Create());
        root.Add(AuditCommand.Create());
        root.Add(TelemetryCommand.Create());
        root.Add(LatencyCommand.Create());
        root.Add(MemoryCommand.Create());
        root.Add(PreloadCommand.Create());
        root.Add(FileCommand.Create());
        return await root.Parse(args).InvokeAsync();
    }
}
