using System.Globalization;

namespace Verification.AccessCost;

/// <summary>
/// <c>dotnet run -c Release --project benchmarks/Verification.AccessCost [rounds [checks]]</c>: two servers, one with the gate and one
/// without, are asked in turns from this process; each counts its own CPU time.
/// </summary>
internal static class Program
{
    private const double PromisedMicroseconds = 3;

    /// <summary>Measures, or serves when the measuring process started it.</summary>
    /// <returns>0 when the promise is kept, otherwise 1.</returns>
    public static async Task<int> Main(string[] args)
    {
        if (args is ["serve", var kind])
        {
            await MeasuredServer.RunAsync(withGate: kind == "with");
            return 0;
        }

        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
        var checks = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60_000;
        using var with = await ServerProcess.StartAsync("with");
        using var without = await ServerProcess.StartAsync("without");
        await with.MeasureAsync(checks * 3);
        await without.MeasureAsync(checks * 3);

        var pairs = new List<(double With, double Without)>();
        for (var round = 0; round < rounds; round++)
        {
            // Who goes first changes from round to round, so that a machine that warms up or slows down favours neither.
            var first = round % 2 == 0 ? with : without;
            var one = await first.MeasureAsync(checks);
            var other = await (first == with ? without : with).MeasureAsync(checks);
            pairs.Add(first == with ? (one, other) : (other, one));
        }

        await with.MeasureRefusalsAsync(checks);
        var refusals = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            refusals.Add(await with.MeasureRefusalsAsync(checks / 4));
        }

        var meters = MeterCost.Measure();
        var gate = Median(pairs.Select(pair => pair.With - pair.Without));
        await Console.Out.WriteLineAsync(
            $"""
            Server CPU for a check, {rounds} rounds of {checks} checks each, medians:
              without the gate       {Median(pairs.Select(pair => pair.Without)):F2} µs
              with the gate          {Median(pairs.Select(pair => pair.With)):F2} µs
              the gate costs         {gate:F2} µs (rounds: {string.Join(' ', pairs.Select(pair => $"{pair.With - pair.Without:F1}"))})
              asker and limits cost  {meters:F2} µs (in both servers; timed in a loop)
              a refused check costs  {Median(refusals):F2} µs (of one whose unknown numbers are used up)
              together               {gate + meters:F2} µs of {PromisedMicroseconds} µs promised
            """);
        return gate + meters <= PromisedMicroseconds ? 0 : 1;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
