using Google.Protobuf;
using Verification.Load.Driving;
using Verification.Load.Measuring;
using Verification.Load.Questions;
using Verification.Load.Results;
using Verification.Load.Yardsticks;

namespace Verification.Load.Scenarios;

/// <summary>Measures what a hit costs, and a permit holds, against the registry's size: of made-up registries inside the service.</summary>
internal static class Sizes
{
    private const int Smallest = 10_000;
    private const int FirstPermits = 1_000;

    /// <summary>Measures tenfold size by tenfold size.</summary>
    public static async Task<IReadOnlyList<SizeResult>> MeasureAsync(Ground ground, Pace pace, Action<string> progress)
    {
        var sizes = new List<SizeResult>();
        for (var count = (long)Smallest; count <= pace.LargestMadeUp; count *= 10)
        {
            progress($"size: {count:N0} permits in memory");
            sizes.Add(await MeasureAsync(ground with { Count = (int)count }, pace));
        }

        return sizes;
    }

    private static async Task<SizeResult> MeasureAsync(Ground ground, Pace pace)
    {
        await using var server = await ground.Fleet.MadeUpAsync(ground.Count);

        // A first batch, so that what the first answer brings to the heap does not count.
        await Warming.FillAsync(ground, server, FirstPermits);
        var first = await server.ReadHeapAsync();
        await Warming.FillAsync(ground, server);
        var full = await server.ReadHeapAsync();

        var question = CheckQuestion.AmongFirst(Keys.School, ground.Count, ground.School);
        var service = new Contender("service", server, question, "memory", isService: true);
        var echo = new Contender(
            "echo",
            await ground.Fleet.YardstickAsync(YardstickKind.Echo),
            new EchoedQuestion(question, FixedAnswers.One.ToByteArray()),
            source: null,
            isService: false);
        await Warming.WarmUpAsync(service, Shape.Usual, pace, isStream: false);
        await Warming.WarmUpAsync(echo, Shape.Usual, pace, isStream: false);
        for (var round = 0; round < pace.Rounds; round++)
        {
            service.Rounds.Add(await Rounds.WithOwnClientAsync(service, Shape.Usual, pace.Round, isStream: false));
            echo.Rounds.Add(await Rounds.WithOwnClientAsync(echo, Shape.Usual, pace.Round, isStream: false));
        }

        if (service.Rounds.Concat(echo.Rounds).Select(round => round.Flaw).FirstOrDefault(flaw => flaw is not null) is { } found)
        {
            throw new InvalidOperationException($"{ground.Count} permits in memory: {found}.");
        }

        return new SizeResult(
            ground.Count,
            Summary.Median(service.Rounds, round => round.CpuMicroseconds),
            Ratio.OfPairs([.. service.Rounds.Select(round => round.CpuMicroseconds)], [.. echo.Rounds.Select(round => round.CpuMicroseconds)]),
            (double)(full.HeapBytes - first.HeapBytes) / (ground.Count - FirstPermits));
    }
}
