using System.CommandLine;
using System.Globalization;
using Verification.Load.Driving;
using Verification.Load.Measuring;
using Verification.Load.Scenarios;
using Verification.Load.Servers;
using Verification.Load.Yardsticks;

namespace Verification.Load.Commands;

/// <summary>
/// <c>latency</c>: how long callers wait for a hit in memory while a part of what the echo can take is asked for, at a fixed rate. The service,
/// the service without its audit log and the echo are driven in turns.
/// </summary>
internal static class LatencyCommand
{
    private static readonly Shape Shape = new(8, 8);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);
    private static readonly double[] Percentiles = [50, 95, 99, 99.9];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How many turns of each, two seconds each.", DefaultValueFactory = _ => 16 };
        var part = new Option<double>("--part") { Description = "Of what the echo can take, so much is asked for.", DefaultValueFactory = _ => 0.5 };
        var command = new Command("latency", "Compares how long callers wait at a fixed rate: the service, the service without audit log, the echo.") { rounds, part };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(rounds), parsed.GetValue(part)));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, double part)
    {
        var folder = Directory.CreateTempSubdirectory("verification-latency-").FullName;
        try
        {
            var pace = Pace.Gate;
            await using var fleet = new Fleet(folder, pace.Permits);
            var (ground, _) = await Preparation.MakeAsync(fleet, folder, pace.Permits, _ => { });
            await fleet.EndAsync(ServiceKind.Usual);
            var scenario = ScenarioList.All.Single(it => it.Name == "memory-hit");
            var question = scenario.Question(ground);
            var echo = new Contender("echo", await fleet.YardstickAsync(YardstickKind.Echo), ScenarioRun.AskedOf(YardstickKind.Echo, question, false), null, isService: false);
            List<Contender> contenders =
            [
                new("service", await fleet.HostedAsync(isRecorded: true), question, source: null, isService: true),
                new("unrecorded", await fleet.HostedAsync(isRecorded: false), question, source: null, isService: true),
                echo,
            ];
            foreach (var contender in contenders)
            {
                await Warming.WarmUpAsync(contender, Shape, pace, isStream: false);
            }

            // By the own client, which shares the cores with the server as it will in the turns.
            var rate = part * await CapacityAsync(echo);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"at {rate:N0} calls a second, {part:P0} of what the echo took, {rounds} turns of {Turn.TotalSeconds:F0} s each"));
            for (var round = 0; round < rounds; round++)
            {
                foreach (var contender in ScenarioRun.InTurn(contenders, round))
                {
                    var driven = await OpenLoop.RunAsync(contender.Server.Address, contender.Question, Shape with { Streams = 100 }, rate, Turn);
                    contender.Turns.Add(driven.Wrong + driven.Missing == 0
                        ? driven
                        : throw new InvalidOperationException($"{contender.Name}: {driven.Wrong} answers wrong, {driven.Missing} missing."));
                }
            }

            foreach (var contender in contenders)
            {
                await Console.Out.WriteLineAsync(Told(contender, echo));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> CapacityAsync(Contender echo)
    {
        var rates = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            rates.Add((await Rounds.WithOwnClientAsync(echo, Shape, TimeSpan.FromSeconds(1), isStream: false)).ChecksPerSecond);
        }

        return Summary.Median(rates, rate => rate);
    }

    private static string Told(Contender contender, Contender echo) => string.Create(
        CultureInfo.InvariantCulture,
        $"{contender.Name,-11}{string.Concat(Percentiles.Select(percentile => string.Create(CultureInfo.InvariantCulture, $"  p{percentile} {Summary.Median(contender.Turns, turn => At(turn, percentile)):N0} µs{Beside(contender, echo, percentile)}")))}");

    private static string Beside(Contender contender, Contender echo, double percentile)
    {
        if (contender == echo)
        {
            return string.Empty;
        }

        var ratio = Ratio.OfPairs([.. contender.Turns.Select(turn => At(turn, percentile))], [.. echo.Turns.Select(turn => At(turn, percentile))]);
        return string.Create(CultureInfo.InvariantCulture, $" (× {ratio.Value:F2} [{ratio.Low:F2} to {ratio.High:F2}])");
    }

    private static double At(Driven turn, double percentile) => turn.Latencies.GetValueAtPercentile(percentile) / 1_000.0;
}
