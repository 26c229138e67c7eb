using System.Text.Json;
using Verification.Load.Servers;

namespace Verification.Load.Gates;

/// <summary>A row of <c>benchmarks/gates.json</c>: what a gate holds. Changed by hand alone, and only to a lower ratio.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="Ratio">How many times as much as its yardstick it cost when the row was written.</param>
/// <param name="Tolerance">By which it may exceed that: above what noise does, below what a regression is.</param>
internal sealed record GateRow(string Name, double Ratio, double Tolerance)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    /// <summary>The highest ratio that passes.</summary>
    public double Limit => Ratio * Tolerance;

    /// <summary>All rows.</summary>
    public static IReadOnlyList<GateRow> ReadAll() =>
        JsonSerializer.Deserialize<GateRow[]>(File.ReadAllText(Path.Combine(Files.Repository, "benchmarks", "gates.json")), Form)!;
}
