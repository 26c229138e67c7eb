using System.CommandLine;
using Verification.Load.Reporting;
using Verification.Load.Scenarios;

namespace Verification.Load.Commands;

/// <summary><c>list</c>: what there is to run.</summary>
internal static class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("list", "Lists the scenarios.");
        command.SetAction(_ => Table.WriteRows(
            Console.Out,
            ["scenario", "connections × calls", "beside", "what is asked"],
            [
                .. ScenarioList.All.Select(scenario => new[]
                {
                    scenario.Name, scenario.Shape.ToString(), string.Join(", ", scenario.Beside).ToLowerInvariant(), scenario.Says,
                }),
            ]));
        return command;
    }
}
