using System.Globalization;
using Google.Protobuf;
using Verification.Load.Driving;
using Verification.Load.Questions;
using Verification.Load.Results;
using Verification.Load.Yardsticks;

namespace Verification.Load.Scenarios;

/// <summary>Runs a scenario: warms its servers up, drives them in turns as hard as they can take it, then in turns at one fixed rate.</summary>
/// <param name="ground">What it stands on.</param>
/// <param name="pace">How long everything takes.</param>
/// <param name="progress">Is told what is being done.</param>
internal sealed class ScenarioRun(Ground ground, Pace pace, Action<string> progress)
{
    // Of what the slowest can do: where callers of a service that is well sized keep it.
    private const double RateOfLatencies = 0.25;
    private const int MostStreams = 100;

    /// <summary>Runs it.</summary>
    public async Task<ScenarioResult> RunAsync(Scenario scenario)
    {
        progress($"{scenario.Name}: {scenario.Says}");
        var contenders = await FindAsync(scenario);
        var byH2Load = H2Load.IsInstalled && contenders[0].Question.OnlyMessage is not null && !scenario.IsStream;
        foreach (var contender in contenders)
        {
            await Warming.WarmUpAsync(contender, scenario.Shape, pace, scenario.IsStream);
        }

        for (var round = 0; round < pace.Rounds; round++)
        {
            foreach (var contender in InTurn(contenders, round))
            {
                contender.Rounds.Add(byH2Load
                    ? await Rounds.WithH2LoadAsync(contender, scenario.Shape, pace.Round)
                    : await Rounds.WithOwnClientAsync(contender, scenario.Shape, pace.Round, scenario.IsStream));
            }

            progress(string.Create(
                CultureInfo.InvariantCulture,
                $"  round {round + 1} of {pace.Rounds}: {string.Join(", ", contenders.Select(contender => $"{contender.Name} {contender.Rounds[^1].CpuMicroseconds:F2} µs"))}"));
        }

        var rate = RateOfLatencies * contenders.Min(contender => contender.CallsPerSecond);
        for (var turn = 0; turn < pace.Turns && !scenario.IsStream; turn++)
        {
            foreach (var contender in InTurn(contenders, turn))
            {
                contender.Turns.Add(await OpenLoop.RunAsync(
                    contender.Server.Address, contender.Question, scenario.Shape with { Streams = MostStreams }, rate, pace.Turn));
            }
        }

        return new ScenarioResult(
            scenario.Name,
            scenario.Says,
            byH2Load ? "h2load" : "own client",
            scenario.Shape.ToString(),
            [.. contenders.Select(contender => Summary.Of(contender, contender == contenders[0] ? null : contenders[0], rate))]);
    }

    /// <summary>Each goes first in its turn, so that what one leaves behind does not always meet the same other.</summary>
    public static IEnumerable<Contender> InTurn(List<Contender> contenders, int round) =>
        round % 2 == 0 ? contenders : contenders.AsEnumerable().Reverse();

    /// <summary>Starts who takes part in a scenario: first the service, then its yardsticks.</summary>
    public async Task<List<Contender>> FindAsync(Scenario scenario)
    {
        var question = scenario.Question(ground);
        var contenders = new List<Contender>();
        if (scenario.On is { } kind)
        {
            var service = await ground.Fleet.ServiceAsync(kind);
            if (scenario.PrepareAsync is { } prepareAsync)
            {
                progress("  prepares");
                await prepareAsync(ground, service);
            }

            contenders.Add(new Contender("service", service, question, scenario.Source, isService: true));
        }
        else
        {
            var second = await ground.Fleet.SecondYardstickAsync(YardstickKind.Echo);
            contenders.Add(new Contender("service", second, AskedOf(YardstickKind.Echo, question, scenario.IsStream), source: null, isService: false));
        }

        foreach (var yardstick in scenario.Beside)
        {
            contenders.Add(new Contender(
                yardstick.ToString().ToLowerInvariant(),
                await ground.Fleet.YardstickAsync(yardstick),
                AskedOf(yardstick, question, scenario.IsStream),
                source: null,
                isService: false));
        }

        return contenders;
    }

    /// <summary>What a yardstick is asked where the service is asked something: its answer is fixed.</summary>
    public static IQuestion AskedOf(YardstickKind yardstick, IQuestion question, bool isStream) => yardstick switch
    {
        YardstickKind.Hybrid or YardstickKind.Fusion => question,
        _ when question.Checks > 1 => new EchoedQuestion(question, FixedAnswers.Batch(question.Checks).ToByteArray()),
        _ => new EchoedQuestion(question, FixedAnswers.One.ToByteArray()),
    };
}
