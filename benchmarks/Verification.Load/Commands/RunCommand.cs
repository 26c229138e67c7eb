using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Verification.Load.MadeUp;
using Verification.Load.Reporting;
using Verification.Load.Results;
using Verification.Load.Scenarios;
using Verification.Load.Servers;

namespace Verification.Load.Commands;

/// <summary>Without a subcommand: runs everything, or the scenarios named.</summary>
internal static class RunCommand
{
    /// <summary>The folder of the results kept.</summary>
    public static readonly string Kept = Path.Combine(Files.Repository, "benchmarks", "results");

    /// <summary>The command.</summary>
    public static RootCommand Create()
    {
        var names = new Argument<string[]>("scenario") { Description = "Runs these alone; see list.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. ScenarioList.All.Select(scenario => scenario.Name)]);
        var quick = new Option<bool>("--quick") { Description = "A few minutes: a small registry and wide intervals." };
        var output = new Option<string?>("--output") { Description = "The folder for result.json and result.html; by default artifacts/load." };
        var keep = new Option<string?>("--keep") { Description = "Keeps the result in benchmarks/results under this name, of a milestone." };
        var root = new RootCommand("Measures the permit verification service beside its yardsticks.") { names, quick, output, keep };
        root.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(names)!,
            parsed.GetValue(quick),
            parsed.GetValue(output) ?? Path.Combine(Files.Repository, "artifacts", "load"),
            parsed.GetValue(keep)));
        return root;
    }

    private static async Task<int> RunAsync(string[] names, bool quick, string output, string? keep)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var result = await MeasureAsync(names, quick ? Pace.Quick : Pace.Full, Tell);
        Table.Write(Console.Out, result);
        Directory.CreateDirectory(output);
        result.Write(Path.Combine(output, "result.json"));
        await File.WriteAllTextAsync(Path.Combine(output, "result.html"), Page.Of(result, ResultFile.ReadAll(Kept)));
        if (keep is not null)
        {
            Directory.CreateDirectory(Kept);
            result.Write(Path.Combine(Kept, $"{keep}.json"));
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Path.Combine(output, "result.html")} and result.json, after {Stopwatch.GetElapsedTime(startedAt).TotalMinutes:F1} minutes."));
        return result.LeftOut.Count > 0 || result.Scenarios.SelectMany(scenario => scenario.Servers).Any(server => server.Rounds == 0) ? 1 : 0;

        void Tell(string what) => Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(startedAt):mm\\:ss} {what}"));
    }

    private static async Task<ResultFile> MeasureAsync(string[] names, Pace pace, Action<string> progress)
    {
        var machine = Machine.This();
        var folder = Directory.CreateTempSubdirectory("verification-load-").FullName;
        try
        {
            await using var fleet = new Fleet(folder, pace.Permits);
            var (ground, figures) = await Preparation.MakeAsync(fleet, folder, pace.Permits, progress);
            var run = new ScenarioRun(ground, pace, progress);
            var (scenarios, leftOut) = (new List<ScenarioResult>(), new List<string>());
            foreach (var scenario in ScenarioList.All.Where(scenario => names.Length == 0 || names.Contains(scenario.Name)))
            {
                if (NeedsRedis(scenario) && !await fleet.HasRedisAsync())
                {
                    leftOut.Add($"{scenario.Name}: there is no redis-server.");
                    continue;
                }

                await TryAsync(scenario.Name, async () => scenarios.Add(await run.RunAsync(scenario)));
            }

            IReadOnlyList<SizeResult> sizes = [];
            if (names.Length == 0)
            {
                await TryAsync("sizes", async () => sizes = await Sizes.MeasureAsync(ground, pace, progress));
            }

            // What goes wrong in one part is said, and the others are measured.
            async Task TryAsync(string name, Func<Task> measureAsync)
            {
                try
                {
                    await measureAsync();
                }
                catch (InvalidOperationException cause)
                {
                    progress($"  {cause.Message}");
                    leftOut.Add($"{name}: {cause.Message}");
                }
            }

            return new ResultFile(
                TimeProvider.System.GetUtcNow(),
                await Repository.CommitAsync(),
                names.Length > 0 ? string.Join(' ', names) : pace == Pace.Quick ? "quick" : "full",
                machine,
                pace.Permits,
                Story.EventsAPermit,
                scenarios,
                leftOut,
                figures,
                sizes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool NeedsRedis(Scenario scenario) => scenario.Source == "redis";
}
