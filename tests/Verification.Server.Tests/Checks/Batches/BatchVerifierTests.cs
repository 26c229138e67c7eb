using CsCheck;
using Google.Protobuf;
using Permits.Verification.V1;
using Verification.Server.Checks;
using Verification.Server.Checks.Batches;
using Verification.Server.Limits;
using Verification.Server.Tests.Support;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;

namespace Verification.Server.Tests.Checks.Batches;

public sealed class BatchVerifierTests
{
    private static readonly ConsumerLimits Plenty =
        ConsumerLimits.Default with { ChecksPerSecond = 1_000_000, CheckBurst = 1_000_000, UnknownPerMinute = 1_000_000, UnknownBurst = 1_000_000 };

    /// <summary>Whether its checks were read plainly or as messages shows in nothing.</summary>
    [Fact]
    public async Task AnswerAsync_PlainlyOrByMessages_AnswersTheSame()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await server.RecordAsync(Calls.Issued($"BJ00000{i}", "2025-05-01"));
        }

        var asker = TestConsumers.Asker(ConsumerClass.School, Plenty);
        var time = new CallTime(DateTime.MaxValue, TestContext.Current.CancellationToken);
        var verifier = server.Service<Verifier>();
        var known = Gen.Int[0, 9].Select(i => Calls.Check($"BJ00000{i}"));
        await Gen.Frequency((2, known), (2, SentMessages.ShortCheck), (1, SentMessages.AnyCheck)).Array[1, 40].SampleAsync(
            async checks =>
            {
                var message = new BatchVerifyPermitsRequest { Checks = { checks } };
                using var plainly = BatchMessage.Read(SentMessages.Pieces(message.ToByteArray()));
                using var answer = await verifier.VerifyAsync(plainly, asker, time);

                var byMessages = await verifier.VerifyAsync(message, asker, time);

                Assert.Equal(WithoutIds(byMessages), WithoutIds(BatchVerifyPermitsResponse.Parser.ParseFrom(answer.Written)));
            },
            iter: 100);
    }

    /// <summary>Identifiers differ by their message, and end with the item's index.</summary>
    private static BatchVerifyPermitsResponse WithoutIds(BatchVerifyPermitsResponse answer)
    {
        for (var i = 0; i < answer.Items.Count; i++)
        {
            if (answer.Items[i].Response is { Provenance: var provenance })
            {
                Assert.Matches($"^[0-9a-f]{{32}}-{i}$", provenance.CheckId);
                provenance.CheckId = string.Empty;
            }
        }

        return answer;
    }
}
