using System.Globalization;
using Verification.Load.Measuring;
using Verification.Load.Scenarios;

namespace Verification.Load.Gates;

/// <summary>Holds gates to their rows. One that fails is measured twice more, longer: noise passes, a regression stays.</summary>
/// <param name="output">Is told the outcome.</param>
internal sealed class GateRun(TextWriter output)
{
    private static readonly int[] Rounds = [10, 20, 20];

    /// <summary>Measures a gate.</summary>
    /// <returns>Whether it passes.</returns>
    public async Task<bool> PassesAsync(IGate gate, GateRow row)
    {
        foreach (var rounds in Rounds)
        {
            var pairs = await gate.MeasureAsync(rounds);
            await output.WriteLineAsync(Line(gate, row, pairs));
            if (Passes(pairs.Ratio, row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a ratio is within a row's limit.</summary>
    public static bool Passes(Ratio ratio, GateRow row) => ratio.Value <= row.Limit;

    private static string Line(IGate gate, GateRow row, Pairs pairs) => string.Create(
        CultureInfo.InvariantCulture,
        $"{gate.Name,-8} {pairs.Ratio.Value,6:F3} [{pairs.Ratio.Low:F3} to {pairs.Ratio.High:F3}]  limit {row.Limit:F3} = {row.Ratio:F3} × {row.Tolerance:F2}  {Middle(pairs.Measured):F1} beside {Middle(pairs.Yardstick):F1} {gate.Unit}, {pairs.Measured.Count} rounds  {(Passes(pairs.Ratio, row) ? "passed" : "failed")}");

    private static double Middle(IEnumerable<double> values) => Summary.Median(values, value => value);
}
