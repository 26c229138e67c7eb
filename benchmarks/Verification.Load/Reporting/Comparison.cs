using Verification.Load.Measuring;
using Verification.Load.Results;

namespace Verification.Load.Reporting;

/// <summary>What changed between two results.</summary>
internal static class Comparison
{
    /// <summary>Writes the scenarios that both have, by the service's processor time over the first yardstick's.</summary>
    public static void Write(TextWriter to, ResultFile before, ResultFile after)
    {
        to.WriteLine($"before: {Describe(before)}");
        to.WriteLine($"after:  {Describe(after)}");
        to.WriteLine();
        var pairs = from earlier in before.Scenarios
                    join later in after.Scenarios on earlier.Name equals later.Name
                    let was = earlier.Ratio()?.Cpu
                    let becomes = later.Ratio()?.Cpu
                    where was is not null && becomes is not null
                    select new[]
                    {
                        earlier.Name, earlier.Servers[1].Name, Table.Text(was), Table.Text(becomes), Table.Text(Change(was, becomes)), Verdict(Change(was, becomes)),
                    };
        Table.WriteRows(to, ["scenario", "beside", "before, CPU", "after, CPU", "after ÷ before", ""], [.. pairs]);
    }

    /// <summary>A ratio over another, with its interval, as both are independent.</summary>
    public static Ratio Change(Ratio before, Ratio after)
    {
        var value = after.Value / before.Value;
        var reach = Math.Sqrt(Square(Reach(before)) + Square(Reach(after)));
        return new Ratio(value, value / Math.Exp(reach), value * Math.Exp(reach));
    }

    /// <summary>What a change says.</summary>
    public static string Verdict(Ratio change) =>
        change.Low > 1 ? "dearer" : change.High < 1 ? "cheaper" : "no difference beyond noise";

    private static double Reach(Ratio ratio) => Math.Log(ratio.High / ratio.Value);

    private static double Square(double value) => value * value;

    private static string Describe(ResultFile result) =>
        $"{result.Commit}, {result.TakenAt:yyyy-MM-dd HH:mm} UTC, {result.Mode}, {result.Machine.Cores} cores, {result.Machine.Processor}";
}
