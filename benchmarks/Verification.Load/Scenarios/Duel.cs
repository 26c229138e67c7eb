using System.Globalization;
using Verification.Load.Measuring;

namespace Verification.Load.Scenarios;

/// <summary>Two servers driven in turns, as hard as they can take it, and what the first keeps of the second's rate.</summary>
/// <param name="first">The one whose cost is asked for.</param>
/// <param name="second">The one without it.</param>
internal sealed class Duel(Contender first, Contender second)
{
    /// <summary>How much of the second's rate the first keeps.</summary>
    public Ratio Rate => RatioOf(round => round.ChecksPerSecond);

    /// <summary>What a check costs with and without, for people.</summary>
    public string Costs
    {
        get
        {
            var cpu = RatioOf(round => round.CpuMicroseconds);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Middle(first):F2} beside {Middle(second):F2} µs of processor time a check, × {cpu.Value:F3} [{cpu.Low:F3} to {cpu.High:F3}]");
        }
    }

    /// <summary>Warms both up and drives them.</summary>
    /// <exception cref="InvalidOperationException">An answer was wrong, or another tier gave it.</exception>
    public async Task RunAsync(Scenario scenario, Pace pace, int rounds)
    {
        List<Contender> contenders = [first, second];
        foreach (var contender in contenders)
        {
            await Warming.WarmUpAsync(contender, scenario.Shape, pace, scenario.IsStream);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in ScenarioRun.InTurn(contenders, round))
            {
                var driven = await Rounds.WithOwnClientAsync(contender, scenario.Shape, pace.Round, scenario.IsStream);
                contender.Rounds.Add(driven.Flaw is { } flaw
                    ? throw new InvalidOperationException($"{scenario.Name}, {contender.Name}: {flaw}.")
                    : driven);
            }
        }
    }

    private static double Middle(Contender contender) => Summary.Median(contender.Rounds, round => round.CpuMicroseconds);

    private Ratio RatioOf(Func<Round, double> figure) => Ratio.OfPairs([.. first.Rounds.Select(figure)], [.. second.Rounds.Select(figure)]);
}
