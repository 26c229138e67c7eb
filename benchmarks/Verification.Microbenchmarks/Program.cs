using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Verification.Microbenchmarks.Allocations;

namespace Verification.Microbenchmarks;

/// <summary>
/// <c>dotnet run -c Release --project benchmarks/Verification.Microbenchmarks -- --filter '*'</c> measures with BenchmarkDotNet;
/// <c>-- allocations</c> compares the bytes of every step with <c>allocations.json</c>, in seconds, and <c>-- allocations --prove</c> shows
/// that it notices.
/// </summary>
internal static class Program
{
    /// <summary>Measures or compares.</summary>
    /// <returns>0, or 1 where a step allocates more than it may.</returns>
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["allocations"]:
                return await AllocationGate.RunAsync(Console.Out) ? 0 : 1;
            case ["allocations", "--prove"]:
                return await AllocationGate.ProveAsync(Console.Out) ? 0 : 1;
        }

        // Times as the service has them: it runs with tiered compilation.
        var config = DefaultConfig.Instance
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddJob(Job.Default.WithEnvironmentVariable("DOTNET_TieredCompilation", "1").AsDefault());
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
        return 0;
    }
}
