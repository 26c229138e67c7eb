using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Faults;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.AuditReading;

/// <summary>What one node answered is found through another, by the machine's clock.</summary>
[Collection(FaultsRunAlone.Name)]
public sealed class OtherNodeTests(ITestOutputHelper output)
{
    private const int Checks = 40;

    // Others' work on this machine only ever adds: the quietest of some rounds tells what the service does.
    private const int Rounds = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetCheck_AnsweredByAnotherNode_IsFoundWithinTwoSeconds()
    {
        await using var one = await Node.StartAsync(null);
        await using var other = await Node.StartAsync(null, one.Folder);
        await Registered.ImportAsync(one, Checks);
        var longest = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds && longest > Limit; round++)
        {
            longest = new[] { await LongestAsync(one, other), await LongestAsync(other, one) }.Max();
        }

        output.WriteLine($"The last of {Checks} was found after {longest.TotalMilliseconds:0} ms.");
        Assert.InRange(longest, TimeSpan.Zero, Limit);
    }

    /// <summary>Asks one node, at all phases of its copying, and tells how long it took at most until another showed it.</summary>
    private static async Task<TimeSpan> LongestAsync(TestServer asked, TestServer shows)
    {
        var delays = new List<Task<TimeSpan>>();
        for (var i = 0; i < Checks; i++)
        {
            var answer = await asked.Permits.VerifyPermitAsync(Registered.Check(i), cancellationToken: Token);
            delays.Add(DelayAsync(shows, answer));
            await Task.Delay(TimeSpan.FromMilliseconds(53), TimeProvider.System, Token);
        }

        return (await Task.WhenAll(delays)).Max();
    }

    private static async Task<TimeSpan> DelayAsync(TestServer shows, VerifyPermitResponse answer)
    {
        var answered = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                var shown = await shows.Permits.GetCheckAsync(new() { CheckId = answer.Provenance.CheckId }, cancellationToken: Token);
                Assert.Equal((RepetitionOutcome.Same, answer.Verdict), (shown.Repetition.Outcome, shown.Repetition.Verdict));
                return TimeProvider.System.GetElapsedTime(answered);
            }
            catch (RpcException behind) when (behind.StatusCode == StatusCode.Unavailable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
            }
        }
    }
}
