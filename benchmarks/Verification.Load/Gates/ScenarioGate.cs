using Verification.Load.Scenarios;
using Verification.Load.Yardsticks;

namespace Verification.Load.Gates;

/// <summary>
/// A scenario, by the processor time of the server for a check, beside the echo. A round is a few tries of each in turns, of which the cheapest
/// counts: what else runs on the machine makes a check dearer and never cheaper.
/// </summary>
/// <param name="name">The gate's name.</param>
/// <param name="scenario">The scenario.</param>
/// <param name="ground">What it stands on.</param>
/// <param name="pace">How servers are warmed up.</param>
internal sealed class ScenarioGate(string name, Scenario scenario, Ground ground, Pace pace) : IGate
{
    private const int TriesARound = 5;

    // So many, and not for so long: on a busy machine a try takes longer and says as much.
    private const int Calls = 3_000;
    private const int Checks = 40_000;

    private static readonly TimeSpan NoEnd = TimeSpan.FromMinutes(1);

    private List<Contender>? _contenders;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Unit => "µs";

    /// <inheritdoc/>
    public async Task<Pairs> MeasureAsync(int rounds)
    {
        _contenders ??= await WarmUpAsync();
        var (measured, yardstick) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var least = _contenders.ToDictionary(contender => contender, _ => double.MaxValue);
            for (var i = 0; i < TriesARound; i++)
            {
                foreach (var contender in ScenarioRun.InTurn(_contenders, i))
                {
                    least[contender] = Math.Min(least[contender], await TryAsync(contender));
                }
            }

            measured.Add(least[_contenders[0]]);
            yardstick.Add(least[_contenders[1]]);
        }

        return new Pairs(measured, yardstick);
    }

    private async Task<List<Contender>> WarmUpAsync()
    {
        var beside = scenario with { Beside = [YardstickKind.Echo] };
        var contenders = await new ScenarioRun(ground, pace, _ => { }).FindAsync(beside);
        foreach (var contender in contenders)
        {
            await Warming.WarmUpAsync(contender, scenario.Shape, pace, scenario.IsStream);
        }

        return contenders;
    }

    private async Task<double> TryAsync(Contender contender)
    {
        var calls = Math.Min(Calls, Checks / contender.Question.Checks);
        var round = await Rounds.WithOwnClientAsync(contender, scenario.Shape, NoEnd, scenario.IsStream, calls);
        return round.Flaw is { } flaw
            ? throw new InvalidOperationException($"{Name}, {contender.Name}: {flaw}.")
            : round.CpuMicroseconds;
    }
}
