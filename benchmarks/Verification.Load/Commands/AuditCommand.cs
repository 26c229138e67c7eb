using System.CommandLine;
using System.Globalization;
using Verification.Load.Measuring;
using Verification.Load.Scenarios;
using Verification.Load.Servers;

namespace Verification.Load.Commands;

/// <summary>
/// <c>audit</c>: what the audit log costs. The service with it and the service with a double that keeps nothing are driven in turns, as hard as
/// they can take it; the part of its rate that the service keeps must not fall below a floor.
/// </summary>
internal static class AuditCommand
{
    private static readonly (string Scenario, double LeastKept)[] Held = [("memory-hit", 0.93), ("batch", 0.80)];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var names = new Argument<string[]>("scenario") { Description = "Measures these alone.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. Held.Select(held => held.Scenario)]);
        var rounds = new Option<int>("--rounds") { Description = "How many rounds of each.", DefaultValueFactory = _ => 24 };
        var command = new Command("audit", "Compares the service with one that keeps no record; fails where the audit log costs too much.") { names, rounds };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(names)!, parsed.GetValue(rounds)));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("verification-audit-").FullName;
        try
        {
            var pace = Pace.Gate;
            await using var fleet = new Fleet(folder, pace.Permits);
            var (ground, _) = await Preparation.MakeAsync(fleet, folder, pace.Permits, _ => { });
            await fleet.EndAsync(ServiceKind.Usual);
            var isWell = true;
            foreach (var (name, leastKept) in Held.Where(held => names.Length == 0 || names.Contains(held.Scenario)))
            {
                var contenders = await MeasureAsync(ScenarioList.All.Single(scenario => scenario.Name == name), ground, pace, rounds);
                var rate = RatioOf(contenders, round => round.ChecksPerSecond);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-12} keeps {rate.Value:F3} [{rate.Low:F3} to {rate.High:F3}] of its rate, at least {leastKept:F2}  {(rate.Value >= leastKept ? "passed" : "failed")}\n  {Costs(contenders)}, {rounds} rounds"));
                isWell &= rate.Value >= leastKept;
            }

            return isWell ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<Contender>> MeasureAsync(Scenario scenario, Ground ground, Pace pace, int rounds)
    {
        var question = scenario.Question(ground);
        List<Contender> contenders =
        [
            new("recorded", await ground.Fleet.HostedAsync(isRecorded: true), question, source: null, isService: true),
            new("unrecorded", await ground.Fleet.HostedAsync(isRecorded: false), question, source: null, isService: true),
        ];
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

        return contenders;
    }

    private static string Costs(List<Contender> contenders)
    {
        var cpu = RatioOf(contenders, round => round.CpuMicroseconds);
        var (recorded, unrecorded) = (Middle(contenders[0]), Middle(contenders[1]));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{recorded:F2} beside {unrecorded:F2} µs of processor time a check, × {cpu.Value:F3} [{cpu.Low:F3} to {cpu.High:F3}]");
    }

    private static double Middle(Contender contender) => Summary.Median(contender.Rounds, round => round.CpuMicroseconds);

    private static Ratio RatioOf(List<Contender> contenders, Func<Round, double> figure) =>
        Ratio.OfPairs([.. contenders[0].Rounds.Select(figure)], [.. contenders[1].Rounds.Select(figure)]);
}
