using Microsoft.Extensions.DependencyInjection;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Core.Permits;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Auditing;

/// <summary>What a node answered is found through every node; without the audit database nodes answer all the same.</summary>
public sealed class AuditCopyTests : IDisposable
{
    private const string Number = "BJ2024000017";

    private readonly AuditHome _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task Check_AnsweredByOneNode_IsFoundThroughTheOther()
    {
        using var otherAudit = new AuditHome();
        await using var one = await TestServer.StartAsync(audit: _audit, byMachineClock: true);
        await using var other = await TestServer.StartAsync(one.Folder, audit: otherAudit, byMachineClock: true);

        var answer = await one.Permits.VerifyPermitAsync(Calls.Check(Number));

        Assert.True(CheckId.TryParse(answer.Provenance.CheckId, out var id));
        await Eventually.TrueAsync(async () => await CountAsync(other, new AuditQuery { CheckId = id }) == 1, "It was not copied.");
        Assert.Equal(1, await CountAsync(other, new AuditQuery { Permit = PermitNumber.Parse(Number) }));
    }

    [Fact]
    public async Task Check_AuditDatabaseCannotBeReached_IsAnsweredAndReadinessSaysSo()
    {
        await using var server = await TestServer.StartAsync(
            audit: _audit,
            byMachineClock: true,
            args: $"--ConnectionStrings:Audit=Server=tcp:127.0.0.1,{LoopbackPort.Free()};Database=audit;User Id=sa;Password=not-to-be-told;Encrypt=False;Connect Timeout=1");

        await server.Permits.VerifyPermitAsync(Calls.Check(Number));

        var said = string.Empty;
        await Eventually.TrueAsync(
            async () =>
            {
                using var ready = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
                said = await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                return ready.IsSuccessStatusCode && said.Contains("AUDIT_BEHIND (", StringComparison.Ordinal);
            },
            "Readiness did not say so.");
        Assert.DoesNotContain("not-to-be-told", said, StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(TestServer server, AuditQuery query)
    {
        try
        {
            return await server.App.Services.GetRequiredService<IAuditRecords>().FindAsync(query, TestContext.Current.CancellationToken).CountAsync();
        }
        catch (AuditDatabaseException)
        {
            // Its tables are not there yet.
            return 0;
        }
    }
}
