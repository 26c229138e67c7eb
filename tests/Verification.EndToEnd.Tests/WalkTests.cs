using System.Diagnostics;
using System.Globalization;
using Permits.Verification.V1;

namespace Verification.EndToEnd.Tests;

/// <summary>
/// Made-up numbers without end from one consumer while another asks on. Server, walker and the other are processes of their own, as they
/// are in life, but share this machine's few cores.
/// </summary>
[Collection(MeasuresAlone.Name)]
[Trait("Category", "Attack")]
public sealed class WalkTests(ITestOutputHelper output) : IDisposable
{
    private const int SinglesPerSecond = 5_000;
    private const int NumbersARound = 2_500;
    private const double Promised = 1.5;

    // Two p99s of one and the same thing lie as far apart on a machine that others use.
    private const double SameWithin = 1.5;
    private const int MostWalks = 5;
    private const int UnknownBurst = 200;

    // Enough to tell; as many as a walk may have in life by hand.
    private static readonly int Numbers = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_WALK_NUMBERS") ?? "15000", CultureInfo.InvariantCulture);

    private static readonly int WarmUp = Numbers / 5;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The p99 of all answers given during the walk, against the p99 of all given in the pauses between its rounds. Rounds are short
    /// and alternate, so that whatever else the machine does falls on both alike; pooled, each p99 rests on thousands of answers and no
    /// single hiccup decides. Others' work on the machine only ever adds, so the best of a few walks tells what the walk does.
    /// The walker keeps to a rate, as one in life is held back by its network. As fast as it can, on the server's own cores, it takes them
    /// from the other whatever the server does: that figure is measured too, and printed. Where few or busy cores keep the promise from
    /// being seen, a caller at that rate who is answered is the yardstick: the walk must do no more to the other than he does.
    /// </summary>
    [Theory]
    [InlineData("single", SinglesPerSecond)]
    [InlineData("batch", 20_000)]
    [InlineData("stream", 20_000)]
    public async Task Walk_ManyMadeUpNumbers_TripsItsBudgetAndLeavesTheOtherConsumerAlone(string kind, int rate)
    {
        await using var server = await DemoServer.StartAsync(_folder.PathOf("data"));
        using var walker = new WalkerProcess(server, "demo-school");
        using var neighbour = new WalkerProcess(server, "demo-authority");
        var check = new VerifyPermitRequest { PermitNumber = server.ValidPermit };

        // Everything compiled and connected, and the walker's budget used up, before anything is measured.
        var started = Stopwatch.GetTimestamp();
        var (asked, answered) = (0, 0);
        await WalkAsync(WarmUp, 0);
        await AskAsync(WarmUp / 2);
        await neighbour.GoAsync(server.ValidPermit, 0, WarmUp, rate: 0);

        var isKept = false;
        for (var walk = 0; walk < MostWalks && !isKept; walk++)
        {
            var (quiet, walked, beside) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Numbers / NumbersARound; round++)
            {
                quiet.AddRange(await AskAsync(1_500));
                walked.AddRange(await WalkAsync(NumbersARound, rate));
                beside.AddRange(await AskUntilAsync(neighbour.GoAsync(server.ValidPermit, 0, SinglesPerSecond / 4, SinglesPerSecond)));
            }

            output.WriteLine(
                $"{kind}: p99 quiet {P99(quiet):F2} ms ({quiet.Count}), walked {P99(walked):F2} ms ({walked.Count}), ratio "
                + $"{P99(walked) / P99(quiet):F2}; beside an answered caller {P99(beside):F2} ms ({beside.Count})");
            isKept = P99(walked) <= Math.Max(Promised * P99(quiet), SameWithin * P99(beside));
        }

        var fast = await WalkAsync(WarmUp, 0);
        output.WriteLine($"{kind}: {answered} of {asked} answered; as fast as it can p99 {P99(fast):F2} ms ({fast.Count})");

        // The burst, and one a second after it.
        Assert.InRange(answered, 1, UnknownBurst + 1 + Stopwatch.GetElapsedTime(started).TotalSeconds);
        Assert.True(isKept, "In none of the walks was the other's p99 within the promise, nor within what an answered caller does to it.");

        async Task<List<double>> WalkAsync(int numbers, int rate)
        {
            var walk = walker.GoAsync(kind, asked, numbers, rate);
            var milliseconds = await AskUntilAsync(walk);
            var result = await walk;
            Assert.Equal(numbers, result.Answered + result.Refused);
            asked += numbers;
            answered += result.Answered;
            return milliseconds;
        }

        async Task<List<double>> AskAsync(int times)
        {
            var milliseconds = new List<double>();
            for (var i = 0; i < times; i++)
            {
                milliseconds.Add(await AskOnceAsync());
            }

            return milliseconds;
        }

        async Task<List<double>> AskUntilAsync(Task end)
        {
            var milliseconds = new List<double>();
            while (!end.IsCompleted)
            {
                milliseconds.Add(await AskOnceAsync());
            }

            return milliseconds;
        }

        async Task<double> AskOnceAsync()
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await server.Client.Verification.VerifyPermitAsync(check, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(PermitStatus.Valid, answer.Verdict.Status);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }

    private static double P99(List<double> milliseconds) => milliseconds.Order().ElementAt((int)(0.99 * (milliseconds.Count - 1)));
}
