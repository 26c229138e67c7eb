using CsCheck;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.FakeService;
using Xunit;

namespace Verification.Client.Tests.Many;

/// <summary>Whatever goes wrong on the way and passes: every check has one outcome, in order.</summary>
public sealed class RandomFaultsTests
{
    private enum Fault
    {
        None,
        Ends,
        Breaks,
        TooFast,
        HalfUnavailable,
        UnknownUsedUp,
    }

    [Fact]
    public async Task VerifyManyAsync_AnyPassingFaults_TellsEveryCheckOnce()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        await Gen.Select(Gen.Int[0, 6_000], Gen.Enum<Fault>().Array[0, 12]).SampleAsync(
            async (count, faults) =>
            {
                var next = 0;
                service.Script.StreamCall = async (requests, responses, context) =>
                {
                    await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
                    {
                        var fault = next < faults.Length ? faults[next++] : Fault.None;
                        if (fault == Fault.Ends)
                            return;
                        if (fault == Fault.Breaks)
                        {
                            context.GetHttpContext().Abort();
                            return;
                        }
                        var answer = Apply(fault, Answers.To(request.Batch));
                        answer.Sequence = request.Sequence;
                        await responses.WriteAsync(answer, context.CancellationToken);
                    }
                };
                using var client = new PermitVerificationClient(
                    new() { Address = service.Address, TimeProvider = new LeapingTime(), Deadline = null, LongestWait = TimeSpan.FromHours(1) });
                var told = 0;
                await foreach (var outcome in client.VerifyManyAsync(Answers.Checks(count), cancellationToken: TestContext.Current.CancellationToken))
                {
                    Assert.Equal((told, Answers.NumberOf(told)), (outcome.Index, outcome.Verdict!.PermitNumber));
                    told++;
                }
                Assert.Equal(count, told);
            },
            iter: 60,
            threads: 1);
    }

    private static StreamVerifyPermitsResponse Apply(Fault fault, StreamVerifyPermitsResponse answer)
    {
        if (fault == Fault.TooFast)
        {
            return new() { Error = Faults.Status(StatusCode.ResourceExhausted, VerificationReasons.RateExceeded, "no", TimeSpan.FromSeconds(1)) };
        }
        var error = fault switch
        {
            Fault.HalfUnavailable => Faults.Status(StatusCode.Unavailable, VerificationReasons.RegistryUnavailable, "no"),
            Fault.UnknownUsedUp => Faults.Status(StatusCode.ResourceExhausted, VerificationReasons.UnknownBudgetExhausted, "no", TimeSpan.FromSeconds(1)),
            _ => null,
        };
        for (var i = answer.Response.Items.Count / 2; error is not null && i < answer.Response.Items.Count; i++)
            answer.Response.Items[i] = new() { Error = error };
        return answer;
    }
}
