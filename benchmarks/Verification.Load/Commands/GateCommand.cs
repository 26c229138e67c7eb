using System.CommandLine;
using Verification.Load.Gates;
using Verification.Load.Measuring;
using Verification.Load.Scenarios;
using Verification.Load.Servers;

namespace Verification.Load.Commands;

/// <summary><c>gate</c>: holds the lookup to a dictionary, and the hit, the batch and the refusal to the echo, by <c>gates.json</c>.</summary>
internal static class GateCommand
{
    /// <summary>The gates, the scenario of each, and the regression that it is proved by.</summary>
    private static readonly (string Name, string? Scenario, Regression Proof)[] Gates =
    [
        ("lookup", null, Regression.Lock),
        ("hit", "memory-hit", Regression.Spin),
        ("batch", "batch", Regression.Spin),
        ("refused", "refused", Regression.Exception),
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var names = new Argument<string[]>("gate") { Description = "Measures these alone.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. Gates.Select(gate => gate.Name)]);
        var prove = new Option<bool>("--prove")
        {
            Description = "Proves the gates: each is measured with a regression made for it, and must fail.",
        };
        var command = new Command("gate", "Compares costs with benchmarks/gates.json; fails where one has grown.") { names, prove };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(names)!, parsed.GetValue(prove)));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, bool prove)
    {
        // Every gate has its row, and every row its gate.
        var rows = GateRow.ReadAll();
        if (!rows.Select(row => row.Name).Order().SequenceEqual(Gates.Select(gate => gate.Name).Order()))
        {
            await Console.Out.WriteLineAsync($"gates.json must have one row for each of: {string.Join(", ", Gates.Select(gate => gate.Name))}.");
            return 1;
        }

        var asked = Gates.Where(gate => names.Length == 0 || names.Contains(gate.Name)).ToArray();
        var isWell = true;
        foreach (var together in asked.GroupBy(gate => prove ? gate.Proof : Regression.None))
        {
            isWell &= await RunAsync([.. together.Select(gate => (rows.Single(row => row.Name == gate.Name), gate.Scenario))], together.Key);
        }

        return isWell ? 0 : 1;
    }

    /// <summary>Measures gates on servers of their own.</summary>
    /// <returns>Whether all pass; under a regression, whether none does.</returns>
    private static async Task<bool> RunAsync((GateRow Row, string? Scenario)[] gates, Regression regression)
    {
        var folder = Directory.CreateTempSubdirectory("verification-gate-").FullName;
        try
        {
            if (regression != Regression.None)
            {
                await Console.Out.WriteLineAsync($"with a regression, {regression}; it must fail:");
            }

            var pace = Pace.Gate;
            await using var fleet = new Fleet(folder, pace.Permits, regression);
            var (ground, _) = await Preparation.MakeAsync(fleet, folder, pace.Permits, _ => { });
            var run = new GateRun(Console.Out);
            var isWell = true;
            foreach (var (row, scenario) in gates)
            {
                IGate gate = scenario is null
                    ? new LookupGate(regression)
                    : new ScenarioGate(row.Name, ScenarioList.All.Single(one => one.Name == scenario), ground, pace);
                isWell &= await run.PassesAsync(gate, row) == (regression == Regression.None);
            }

            return isWell;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
