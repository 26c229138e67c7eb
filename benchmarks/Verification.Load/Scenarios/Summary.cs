using HdrHistogram;
using Verification.Load.Driving;
using Verification.Load.Measuring;
using Verification.Load.Results;

namespace Verification.Load.Scenarios;

/// <summary>Sums a contender's rounds and turns up.</summary>
internal static class Summary
{
    /// <summary>The result of one.</summary>
    /// <param name="contender">The one.</param>
    /// <param name="service">The service, to compare it with; null for the service itself.</param>
    /// <param name="rate">The rate of the turns.</param>
    public static ServerResult Of(Contender contender, Contender? service, double rate)
    {
        var good = contender.Rounds.Where(round => round.Flaw is null).ToArray();
        return new ServerResult(
            contender.Name,
            Median(good, round => round.ChecksPerSecond),
            Median(good, round => round.CpuMicroseconds),
            good.Sum(round => round.SystemCpuMicroseconds * round.Checks) / good.Sum(round => round.CpuMicroseconds * round.Checks),
            Median(good, round => round.AllocatedBytes),
            Median(good, round => round.ServerCores),
            Median(good, round => round.GeneratorCores),
            good.Count(round => round.IsGeneratorBound) * 2 > good.Length,
            good.Length,
            contender.Rounds.Select(round => round.Flaw).FirstOrDefault(flaw => flaw is not null) ?? FlawIn(contender.Turns),
            contender.Turns.Count == 0 ? null : LatencyResult.Of(rate, Together(contender.Turns, turn => turn.Latencies), Together(contender.Turns, turn => turn.SendLag)),
            service is null ? null : Compare(service, contender));
    }

    /// <summary>The value in the middle.</summary>
    public static double Median<T>(IEnumerable<T> items, Func<T, double> value)
    {
        var sorted = items.Select(value).Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    private static string? FlawIn(IEnumerable<Driven> turns) =>
        turns.Any(turn => turn.Wrong + turn.Missing > 0) ? "at the fixed rate answers were wrong or missing" : null;

    private static LongHistogram Together(IEnumerable<Driven> turns, Func<Driven, HistogramBase> part)
    {
        var sum = Driven.NewHistogram();
        foreach (var turn in turns)
        {
            sum.Add(part(turn));
        }

        return sum;
    }

    private static Ratios? Compare(Contender service, Contender yardstick)
    {
        var pairs = service.Rounds.Zip(yardstick.Rounds).Where(pair => pair.First.Flaw is null && pair.Second.Flaw is null).ToArray();
        return pairs.Length < 2 ? null : new Ratios(
            Of(round => round.CpuMicroseconds), Of(round => round.ChecksPerSecond), OfTurns(50), OfTurns(99));

        Ratio Of(Func<Round, double> value) => Ratio.OfPairs([.. pairs.Select(pair => value(pair.First))], [.. pairs.Select(pair => value(pair.Second))]);

        Ratio? OfTurns(double percentile) => service.Turns.Count < 2 ? null : Ratio.OfPairs(
            [.. service.Turns.Select(turn => (double)turn.Latencies.GetValueAtPercentile(percentile))],
            [.. yardstick.Turns.Select(turn => (double)turn.Latencies.GetValueAtPercentile(percentile))]);
    }
}
