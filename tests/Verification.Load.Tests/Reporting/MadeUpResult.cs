using Verification.Load.Measuring;
using Verification.Load.Results;

namespace Verification.Load.Tests.Reporting;

/// <summary>Results that nobody measured.</summary>
internal static class MadeUpResult
{
    /// <summary>A result with these scenarios and their ratios to the echo.</summary>
    public static ResultFile With(params (string Name, Ratio Cpu)[] scenarios) => new(
        new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero),
        "0123456789ab",
        "full",
        new Machine("a processor <of> one's own", 2, "a system", "a runtime", 0.1),
        1_000_000,
        4,
        [.. scenarios.Select(scenario => new ScenarioResult(scenario.Name, "says", "h2load", "8×8", [Server("service", null), Server("echo", new Ratios(scenario.Cpu, scenario.Cpu, null, null))]))],
        [],
        [new Figure("import", 100_000, "events/s", "quiet")],
        [new SizeResult(10_000, 30, new Ratio(1.3, 1.2, 1.4), 500), new SizeResult(100_000, 31, new Ratio(1.3, 1.2, 1.4), 501)]);

    private static ServerResult Server(string name, Ratios? ratio) => new(
        name, 30_000, 30, 1, 2_000, 1.5, 0.4, false, 6, null, new LatencyResult(5_000, 80, 90, 100, 200, 300, 10, [new CurvePoint(50, 80), new CurvePoint(99.9, 200)]), ratio);
}
