using System.CommandLine;
using Verification.Load.Memory;

namespace Verification.Load.Commands;

/// <summary><c>preload</c>: how long memory takes to be filled from a registry in SQLite, and what a check costs that has to be read from it.</summary>
internal static class PreloadCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var permits = new Option<int>("--permits") { Description = "How many permits.", DefaultValueFactory = _ => 1_000_000 };
        var rounds = new Option<int>("--rounds") { Description = "How many rounds.", DefaultValueFactory = _ => 5 };
        var mixed = new Option<bool>("--by-date") { Description = "Imports events by date, so that a permit's events lie apart." };
        var command = new Command("preload", "Measures filling memory and cold batches, in this process.") { permits, rounds, mixed };
        command.SetAction(async (parsed, _) =>
        {
            await using var store = await FilledStore.ImportAsync(parsed.GetValue(permits), parsed.GetValue(mixed));
            await store.TellPreloadAsync(parsed.GetValue(rounds));
            await store.TellColdBatchesAsync(parsed.GetValue(rounds));
        });
        return command;
    }
}
