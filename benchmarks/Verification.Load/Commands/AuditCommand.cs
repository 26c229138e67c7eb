using System.CommandLine;
using System.Globalization;
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
                var duel = await MeasureAsync(ScenarioList.All.Single(scenario => scenario.Name == name), ground, pace, rounds);
                var rate = duel.Rate;
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-12} keeps {rate.Value:F3} [{rate.Low:F3} to {rate.High:F3}] of its rate, at least {leastKept:F2}  {(rate.Value >= leastKept ? "passed" : "failed")}\n  {duel.Costs}, {rounds} rounds"));
                isWell &= rate.Value >= leastKept;
            }

            return isWell ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Duel> MeasureAsync(Scenario scenario, Ground ground, Pace pace, int rounds)
    {
        var question = scenario.Question(ground);
        var duel = new Duel(
            new("recorded", await ground.Fleet.HostedAsync(isRecorded: true), question, source: null, isService: true),
            new("unrecorded", await ground.Fleet.HostedAsync(isRecorded: false), question, source: null, isService: true));
        await duel.RunAsync(scenario, pace, rounds);
        return duel;
    }
}
