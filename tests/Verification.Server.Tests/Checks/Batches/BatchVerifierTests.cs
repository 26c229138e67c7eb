using CsCheck;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Permits.Verification.V1;
using Verification.Server.Auditing;
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
        await Gen.Frequency((2, known), (2, SentMessages.ShortCheck), (1, SentMessages.AnyCheck)).Array[1, 100].SampleAsync(
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

    /// <summary>There is one place to go on from: whatever could be recorded behind it, it is not answered.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(45)]
    [InlineData(98)]
    public async Task AnswerAsync_AuditLogClosesToIt_AnswersWhatWasRecordedAndNothingBehind(int room)
    {
        await using var server = await TestServer.StartAsync(
            configure: builder => builder.Services.Replace(ServiceDescriptor.Singleton<IAuditTrail>(new NarrowTrail(room))));
        await server.RecordAsync(Calls.Issued("BJ000001", "2025-05-01"));
        var message = new BatchVerifyPermitsRequest { Checks = { Enumerable.Range(0, 100).Select(i => Calls.Check(i == 20 ? "bad" : "BJ000001")) } };

        var answer = await server.Permits.BatchVerifyPermitsAsync(message, cancellationToken: TestContext.Current.CancellationToken);

        var told = answer.Items.Select(item => item.Error?.GetDetail<ErrorInfo>()!.Reason ?? "answered").ToArray();
        var answered = room > 20 ? room + 1 : room;
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => i == 20 ? "MALFORMED_PERMIT_NUMBER" : i < answered ? "answered" : "AUDIT_UNAVAILABLE"), told);
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
