using Permits.Verification.V1;
using Verification.Server.Tests.Support;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;
using StatusReason = Permits.Verification.V1.StatusReason;

namespace Verification.Server.Tests.Access;

/// <summary>Who may not see the notices about employment and procedure cannot see when they come and go either.</summary>
public sealed class RestrictedViewTests
{
    private const string Number = "BJ2024000017";

    [Fact]
    public async Task VerdictAndTimeline_PermitWithHiddenNotices_AreThoseOfAPermitWithoutThem()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        await server.RecordAsync(Calls.Issued("BJ2024000018", "2025-05-01"));
        await server.RecordAsync(new() { PermitNumber = Number, On = Calls.Date(2026, 2, 1), EmploymentEnded = new() });
        await server.RecordAsync(new() { PermitNumber = Number, On = Calls.Date(2026, 3, 1), Retained = new() { Procedure = Permits.Registry.V1.RetentionProcedure.Renewal } });

        foreach (var consumerClass in PolicyTable.Classes)
        {
            using var channel = server.Connect(TestConsumers.Of(consumerClass));
            var client = new VerificationService.VerificationServiceClient(channel);
            var (with, plain) = (await SeeAsync(client, Number), await SeeAsync(client, "BJ2024000018"));
            if (consumerClass == ConsumerClass.IssuingAuthority)
            {
                Assert.Contains(StatusReason.EmploymentEnded, (await client.VerifyPermitAsync(Calls.Check(Number))).Verdict.Reasons);
                Assert.NotEqual(plain, with);
            }
            else
            {
                Assert.Equal(plain, with);
            }
        }
    }

    private static async Task<string> SeeAsync(VerificationService.VerificationServiceClient client, string number)
    {
        var verdict = (await client.VerifyPermitAsync(Calls.Check(number))).Verdict;
        var batch = (await client.BatchVerifyPermitsAsync(new() { Checks = { Calls.Check(number) } })).Items[0].Response.Verdict;
        var timeline = await client.GetTimelineAsync(new() { PermitNumber = number });
        Assert.Equal(verdict, batch);
        return $"{verdict} {timeline.Segments}".Replace(number, string.Empty, StringComparison.Ordinal);
    }
}
