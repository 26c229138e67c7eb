using System.CommandLine;
using System.Globalization;
using Verification.Load.Scenarios;
using Verification.Load.Servers;

namespace Verification.Load.Commands;

/// <summary>
/// <c>telemetry</c>: what it costs that metrics and traces leave the process. The service that exports both by OTLP and is scraped, and the service
/// that does neither, are driven in turns with hits in memory, as hard as they can take it; the part of its rate that the first keeps must not
/// fall below a floor.
/// </summary>
internal static class TelemetryCommand
{
    private const double LeastKept = 0.96;

    // Long enough that metrics are sent once a minute.
    private static readonly Pace Pace = Pace.Gate with { Round = TimeSpan.FromSeconds(1) };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How many rounds of each, a second each.", DefaultValueFactory = _ => 40 };
        var ways = new Option<string[]>("--way") { Description = "By which it exports: otlp, prometheus.", DefaultValueFactory = _ => ["otlp", "prometheus"] };
        ways.AcceptOnlyFromAmong("otlp", "prometheus");
        var command = new Command("telemetry", "Compares the service with one that exports nothing; fails where exporting costs too much.") { rounds, ways };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(rounds), parsed.GetValue(ways)!));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, string[] ways)
    {
        var folder = Directory.CreateTempSubdirectory("verification-telemetry-").FullName;
        try
        {
            await using var fleet = new Fleet(folder, Pace.Permits);
            var (ground, _) = await Preparation.MakeAsync(fleet, folder, Pace.Permits, _ => { });
            await fleet.EndAsync(ServiceKind.Usual);
            await using var collector = await Collector.StartAsync();
            var exporting = await fleet.SetAsync("exporting", [.. ways.SelectMany(way => SettingsOf(way, collector))]);
            if (ways.Contains("prometheus"))
            {
                collector.Scrape();
            }

            var scenario = ScenarioList.All.Single(it => it.Name == "memory-hit");
            var question = scenario.Question(ground);
            var duel = new Duel(
                new("exporting", exporting, question, scenario.Source, isService: true),
                new("silent", await fleet.SetAsync("silent"), question, scenario.Source, isService: true));
            await duel.RunAsync(scenario, Pace, rounds);
            if (!ways.All(collector.HasSeen))
            {
                throw new InvalidOperationException($"Not everything was exported: {collector}.");
            }

            var rate = duel.Rate;
            var isWell = rate.Value >= LeastKept;
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"exporting keeps {rate.Value:F3} [{rate.Low:F3} to {rate.High:F3}] of its rate, at least {LeastKept:F2}  {(isWell ? "passed" : "failed")}\n  {duel.Costs}, {rounds} rounds; {collector}"));
            return isWell ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] SettingsOf(string way, Collector collector) => way == "otlp"
        ? [$"--Verification:Telemetry:OtlpEndpoint={collector.Address}", "--Verification:Telemetry:OtlpProtocol=http_protobuf"]
        : [$"--Verification:Telemetry:PrometheusUrl={collector.Scraped}"];
}
