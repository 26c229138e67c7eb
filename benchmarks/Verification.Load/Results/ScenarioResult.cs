namespace Verification.Load.Results;

/// <summary>What came of a scenario.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Says">What it is.</param>
/// <param name="Driver">Who drove the servers for capacity and processor time: <c>h2load</c> or <c>own client</c>.</param>
/// <param name="Shape">Connections × calls at the same time on each.</param>
/// <param name="Servers">The service first, then the yardsticks.</param>
internal sealed record ScenarioResult(string Name, string Says, string Driver, string Shape, IReadOnlyList<ServerResult> Servers)
{
    /// <summary>The service over its first yardstick.</summary>
    public Ratios? Ratio() => Servers.Skip(1).Select(server => server.Ratio).FirstOrDefault();
}
