using System.Reflection;
using System.Text.Json;
using Verification.Microbenchmarks.Steps;

namespace Verification.Microbenchmarks.Allocations;

/// <summary>Compares the bytes of every benchmark with the row that <c>allocations.json</c> has for it. Rows are changed by hand.</summary>
internal static class AllocationGate
{
    private static string Expected =>
        typeof(AllocationGate).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "expected").Value!;

    /// <summary>Measures, compares and tells.</summary>
    /// <returns>Whether nothing grew, and every benchmark has its row and every row its benchmark.</returns>
    public static async Task<bool> RunAsync(TextWriter output)
    {
        var expected = await ReadExpectedAsync();
        var measured = new Dictionary<string, long>();
        foreach (var benchmarks in AllocatedBytes.Benchmarks)
        {
            foreach (var (name, bytes) in await AllocatedBytes.MeasureAsync(benchmarks))
            {
                measured.Add(name, bytes);
            }
        }

        foreach (var (name, bytes) in measured)
        {
            await output.WriteLineAsync($"{name,-32} {bytes,9} B  {Remark(bytes, expected.TryGetValue(name, out var row) ? row : null)}");
        }

        var faults = Faults(measured, expected);
        foreach (var fault in faults)
        {
            await output.WriteLineAsync($"failed: {fault}");
        }

        return faults.Count == 0;
    }

    /// <summary>Proves the gate: measures the whole check without and with regressions made for it, of which each must be a fault.</summary>
    /// <returns>Whether all are.</returns>
    public static async Task<bool> ProveAsync(TextWriter output)
    {
        var check = AllocatedBytes.Benchmarks.Single(benchmarks => benchmarks.Key == typeof(WholeCheck));
        var without = await AllocatedBytes.MeasureAsync(check);
        var allNoticed = true;
        foreach (var (name, make) in MadeRegression.All)
        {
            using var regression = make();
            var faults = Faults(await AllocatedBytes.MeasureAsync(check), without);
            await output.WriteLineAsync($"with a regression, {name}: {(faults.Count > 0 ? "noticed" : "not noticed")}");
            foreach (var fault in faults)
            {
                await output.WriteLineAsync($"  {fault}");
            }

            allNoticed &= faults.Count > 0;
        }

        return allNoticed;
    }

    /// <summary>What is wrong, in words.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyDictionary<string, long> measured, IReadOnlyDictionary<string, long> expected) =>
    [
        .. measured.Where(step => !expected.ContainsKey(step.Key)).Select(step => $"{step.Key} has no row in allocations.json; it allocates {step.Value} bytes."),
        .. expected.Keys.Where(name => !measured.ContainsKey(name)).Select(name => $"{name} has a row in allocations.json and is no benchmark."),
        .. measured.Where(step => expected.TryGetValue(step.Key, out var row) && step.Value > row)
            .Select(step => $"{step.Key} allocates {step.Value} bytes, {step.Value - expected[step.Key]} more than its row in allocations.json."),
    ];

    private static async Task<Dictionary<string, long>> ReadExpectedAsync() =>
        JsonSerializer.Deserialize<Dictionary<string, long>>(await File.ReadAllTextAsync(Expected))!;

    private static string Remark(long bytes, long? row) => row switch
    {
        null => "no row",
        _ when bytes > row => $"more than {row}",
        _ when bytes < row => $"less than {row}: lower the row",
        _ => string.Empty,
    };
}
