using Google.Protobuf;
using Permits.Verification.V1;
using Verification.Load.Driving;
using Verification.Load.MadeUp;
using Verification.Load.Questions;
using Verification.Load.Scenarios;
using Verification.Load.Servers;
using Verification.Load.Yardsticks;

namespace Verification.Load.Tests.Driving;

/// <summary>The client, on an echo in a process of its own.</summary>
public sealed class LoopTests : IClassFixture<EchoServer>
{
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(1.5);
    private static readonly long HalfTheStall = (long)(Stall / 2).TotalNanoseconds;

    private readonly ServerProcess _echo;

    public LoopTests(EchoServer server) => _echo = server.Process;

    private static EchoedQuestion Right { get; } = Expecting(FixedAnswers.One.ToByteArray());

    [Fact]
    public async Task RunAsync_OfACountOfCalls_MakesAndChecksThemAll()
    {
        var driven = await ClosedLoop.RunAsync(_echo.Address, Right, new Shape(3, 5), Run * 100, calls: 1_000);

        Assert.Equal((1_000, 0, 0), (driven.Calls, driven.Wrong, driven.Missing));
        Assert.Equal(1_000L * (Frame.Prefix + FixedAnswers.One.CalculateSize()), driven.BodyBytes);
    }

    [Fact]
    public async Task RunAsync_WhereAnotherAnswerIsExpected_CountsEveryAnswerAsWrong()
    {
        var other = FixedAnswers.One.Clone();
        other.Verdict.Status = PermitStatus.Frozen;

        var driven = await ClosedLoop.RunAsync(_echo.Address, Expecting(other.ToByteArray()), Shape.Usual, Run * 100, calls: 100);

        Assert.Equal(100, driven.Wrong);
    }

    /// <summary>A thousand checks are more than the server takes at once before it has said how much it takes.</summary>
    [Fact]
    public async Task RunAsync_OfLargeBatches_KeepsToTheServersWindow()
    {
        var today = new DateOnly(2026, 11, 25);
        var batch = new BatchQuestion(
            Keys.Vehicle, 1_000, 1_000, new Expectations(new MadeUpPermits(today), today, Core.Rules.Codes.ConsumerClass.VehicleLottery));

        var driven = await ClosedLoop.RunAsync(
            _echo.Address, new EchoedQuestion(batch, FixedAnswers.Batch(1_000).ToByteArray()), new Shape(1, 16), Run * 100, calls: 64);

        Assert.Equal((64, 0), (driven.Calls, driven.Wrong));
    }

    /// <summary>Half of the calls that are due during a stall wait for half of it or longer, and all of them count.</summary>
    [Fact]
    public async Task RunAsync_OpenLoopWhileTheServerStalls_ShowsItInTheTail()
    {
        var running = OpenLoop.RunAsync(_echo.Address, Right, new Shape(2, 100), rate: 500, Run);
        await StallInTheMiddleAsync();
        var driven = await running;

        Assert.Equal((750, 0, 0), (driven.Calls, driven.Wrong, driven.Missing));
        Assert.True(driven.Latencies.GetValueAtPercentile(99.9) > HalfTheStall);
    }

    /// <summary>Only the two calls that are open during the stall see it: that is why latencies are not taken so.</summary>
    [Fact]
    public async Task RunAsync_ClosedLoopWhileTheServerStalls_HidesIt()
    {
        // So many that two are none of the slowest thousandth, however slow the machine.
        var running = ClosedLoop.RunAsync(_echo.Address, Right, new Shape(1, 2), Run * 100, calls: 20_000);
        await StallInTheMiddleAsync();
        var driven = await running;

        Assert.True(driven.Latencies.GetValueAtPercentile(100) > HalfTheStall, "The server did not stall.");
        Assert.True(driven.Latencies.GetValueAtPercentile(99.9) < HalfTheStall);
    }

    /// <summary>What the server says of its processor time is what the system says, and h2load's calls are those that it was asked for.</summary>
    [Fact]
    public async Task WithH2LoadAsync_ARound_AgreesWithTheSystemsCount()
    {
        Assert.SkipUnless(H2Load.IsInstalled && OperatingSystem.IsLinux(), "h2load (nghttp2-client) is not installed.");
        var echo = new Contender("echo", _echo, Right, source: null, isService: false);
        await Rounds.WithOwnClientAsync(echo, Shape.Usual, Run, isStream: false);

        var round = await Rounds.WithH2LoadAsync(echo, Shape.Usual, Run);

        Assert.Null(round.Flaw);
        Assert.InRange(round.SystemCpuMicroseconds / round.CpuMicroseconds, 0.97, 1.03);
        Assert.True(round.GeneratorCores > 0);
    }

    /// <summary>h2load takes any answer for a good one; its bytes tell.</summary>
    [Fact]
    public async Task WithH2LoadAsync_WhereTheBytesAreOthers_DoesNotCount()
    {
        Assert.SkipUnless(H2Load.IsInstalled, "h2load (nghttp2-client) is not installed.");
        var echo = new Contender("echo", _echo, Right, source: null, isService: false) { CallsPerSecond = 1_000, BodyBytes = 10 };

        var round = await Rounds.WithH2LoadAsync(echo, Shape.Usual, TimeSpan.FromSeconds(0.1));

        Assert.Contains("bytes", round.Flaw, StringComparison.Ordinal);
    }

    private static EchoedQuestion Expecting(byte[] answer) => new(
        CheckQuestion.Same(Keys.School, new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(0) }, FixedAnswers.One.Verdict), answer);

    private async Task StallInTheMiddleAsync()
    {
        using var timer = new PeriodicTimer(Run / 3, TimeProvider.System);
        await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        await _echo.StallAsync(Stall);
    }
}
