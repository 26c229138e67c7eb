using System.CommandLine;
using Verification.Load.Gates;
using Verification.Load.Scenarios;
using Verification.Load.Servers;

namespace Verification.Load.Commands;

/// <summary><c>gate</c>: holds the lookup to a dictionary, and the hit, the batch and the refusal to the echo, by <c>gates.json</c>.</summary>
internal static class GateCommand
{
    private static readonly Dictionary<string, string> Scenarios = new()
    {
        ["hit"] = "memory-hit",
        ["batch"] = "batch",
        ["refused"] = "refused",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var names = new Argument<string[]>("gate") { Description = "Measures these alone.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("gate", "Compares costs with benchmarks/gates.json; fails where one has grown.") { names };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(names)!));
        return command;
    }

    private static async Task<int> RunAsync(string[] names)
    {
        var folder = Directory.CreateTempSubdirectory("verification-gate-").FullName;
        try
        {
            var pace = Pace.Gate;
            await using var fleet = new Fleet(folder, pace.Permits);
            var (ground, _) = await Preparation.MakeAsync(fleet, folder, pace.Permits, _ => { });
            IGate[] gates =
            [
                new LookupGate(),
                .. Scenarios.Select(gate => new ScenarioGate(gate.Key, ScenarioList.All.Single(scenario => scenario.Name == gate.Value), ground, pace)),
            ];
            return await PassAsync(gates, names) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Every gate has its row, and every row its gate.</summary>
    private static async Task<bool> PassAsync(IGate[] gates, string[] names)
    {
        var rows = GateRow.ReadAll();
        if (!rows.Select(row => row.Name).Order().SequenceEqual(gates.Select(gate => gate.Name).Order()))
        {
            await Console.Out.WriteLineAsync($"gates.json must have one row for each of: {string.Join(", ", gates.Select(gate => gate.Name))}.");
            return false;
        }

        var run = new GateRun(Console.Out);
        var passed = true;
        foreach (var gate in gates.Where(gate => names.Length == 0 || names.Contains(gate.Name)))
        {
            passed &= await run.PassesAsync(gate, rows.Single(row => row.Name == gate.Name));
        }

        return passed;
    }
}
