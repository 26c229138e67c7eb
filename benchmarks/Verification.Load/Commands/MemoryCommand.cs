using System.CommandLine;
using Verification.Load.Memory;

namespace Verification.Load.Commands;

/// <summary><c>memory</c>: what so many permits in memory take, and what a lookup among them costs beside a dictionary's.</summary>
internal static class MemoryCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var permits = new Option<int>("--permits") { Description = "How many permits.", DefaultValueFactory = _ => 1_000_000 };
        var rounds = new Option<int>("--rounds") { Description = "How many rounds of each.", DefaultValueFactory = _ => 21 };
        var command = new Command("memory", "Measures memory and lookups of so many made-up permits, in this process.") { permits, rounds };
        command.SetAction(async (parsed, _) =>
        {
            await using var memory = await FilledMemory.FillAsync(parsed.GetValue(permits));
            await memory.TellSizeAsync();
            await memory.TellPausesAsync(TimeSpan.FromSeconds(5));
            await memory.TellLookupsAsync(parsed.GetValue(rounds));
        });
        return command;
    }
}
