namespace Verification.Load.Scenarios;

/// <summary>How long everything takes.</summary>
/// <param name="Permits">The permits of the registry.</param>
/// <param name="Rounds">Rounds of each server for capacity and processor time.</param>
/// <param name="Round">How long one is.</param>
/// <param name="Turns">Turns of each server for latencies.</param>
/// <param name="Turn">How long one is.</param>
/// <param name="WarmUp">How long a drive is by which a server is warmed up.</param>
/// <param name="SettledDrives">How many of these in a row must find next to nothing left to compile.</param>
/// <param name="MostDrives">How many of these there are at most, settled or not.</param>
/// <param name="LargestMadeUp">The largest of the made-up registries.</param>
internal sealed record Pace(
    int Permits, int Rounds, TimeSpan Round, int Turns, TimeSpan Turn, TimeSpan WarmUp, int SettledDrives, int MostDrives, int LargestMadeUp)
{
    /// <summary>About 15 minutes.</summary>
    public static Pace Full { get; } = new(
        1_000_000, 6, TimeSpan.FromSeconds(1), 3, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(0.7), 2, 30, 10_000_000);

    /// <summary>A few minutes, to see that all is well; its intervals are wide.</summary>
    public static Pace Quick { get; } = new(
        20_000, 3, TimeSpan.FromSeconds(0.4), 2, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.4), 2, 4, 100_000);

    /// <summary>For the gates: a small registry, and servers that are warm whatever the machine does.</summary>
    public static Pace Gate { get; } = Quick with { Permits = 2_000, WarmUp = TimeSpan.FromSeconds(0.7), SettledDrives = 3, MostDrives = 60 };
}
