using System.Net;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Permits.Verification.V1;
using Verification.Audit.Files;
using Verification.Audit.Writing;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Auditing;

/// <summary>What cannot be recorded is not answered; as soon as it can be, it is answered again, without a restart.</summary>
public sealed class DiskTests
{
    private const string Number = "BJ2024000017";
    private const string Reason = "AUDIT_UNAVAILABLE";

    private static readonly string[] SmallSegments = ["--Verification:Audit:SegmentBytes=65536", "--Verification:Audit:FlushInterval=10ms"];

    private readonly FaultyFiles _disk = new();
    private readonly List<string> _answered = [];

    [Fact]
    public async Task Disk_Full_ChecksFailUntilThereIsRoom()
    {
        await using var server = await StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        _disk.IsFull = true;

        await AskUntilRefusedAsync(server);

        Assert.Equal((StatusCode.Unavailable, Reason), await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check(Number))));
        Assert.Equal((StatusCode.Unavailable, Reason), await Calls.ErrorOfAsync(async () => await server.Registry.GetPermitAsync(new() { PermitNumber = Number })));
        using var ready = await server.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains(Reason, await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The committed row is the record.
        await server.RecordAsync(new() { PermitNumber = Number, On = Calls.Date(2026, 2, 1), Reissued = new() });

        _disk.IsFull = false;
        await AnswersAgainAsync(server);
        await AssertAllRecordedAsync(server);
    }

    /// <summary>As <see cref="Disk_Full_ChecksFailUntilThereIsRoom"/>, on a real disk of half a megabyte.</summary>
    [Fact]
    public async Task Disk_SmallAndReallyFull_ChecksFailUntilThereIsRoom()
    {
        using var disk = SmallDisk.TryMount();
        Assert.SkipWhen(disk is null, "A tmpfs cannot be mounted here.");
        await using var server = await TestServer.StartAsync(
            byMachineClock: true, args: [.. SmallSegments, $"--Verification:Audit:Folder={Path.Combine(disk!.Path, "audit")}"]);
        server.ExpectsError = IsAudit;
        disk.Fill();

        await AskUntilRefusedAsync(server);
        Assert.Equal((StatusCode.Unavailable, Reason), await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check(Number))));

        disk.Clear();
        await AnswersAgainAsync(server);
        await server.StopAsync();
    }

    [Fact]
    public async Task Disk_Slow_BatchesAreShedFirstAndWhatWaitsIsBounded()
    {
        const int Most = 65_536;
        await using var server = await StartAsync($"--Verification:Audit:MaxUnflushedBytes={Most}", "--Verification:Audit:SegmentBytes=1048576");
        var log = server.Service<AuditLog>();
        using var held = _disk.Hold();

        await AskUntilRefusedAsync(server);
        Assert.InRange(log.UnflushedBytes, Most * 3 / 4, Most);
        _answered.Add((await server.Permits.VerifyPermitAsync(Calls.Check(Number))).Provenance.CheckId);

        var refused = false;
        while (!refused)
        {
            try
            {
                _answered.Add((await server.Permits.VerifyPermitAsync(Calls.Check(Number))).Provenance.CheckId);
            }
            catch (RpcException error)
            {
                Assert.Equal(StatusCode.Unavailable, error.StatusCode);
                refused = true;
            }
        }

        Assert.InRange(log.UnflushedBytes, Most, Most + 2_100);
        _disk.Release();
        await AnswersAgainAsync(server);
        await AssertAllRecordedAsync(server);
    }

    /// <summary>Every call that tells of a permit: no answer leaves before its record is on the disk, and none where it cannot come there.</summary>
    public static TheoryData<string> Calling => ["check", "batch", "stream", "timeline", "permit", "procedures"];

    [Theory]
    [MemberData(nameof(Calling))]
    public async Task Flush_BeforeTheAnswer_WaitsForTheDisk(string call)
    {
        await using var server = await StartAsync("--Verification:Audit:FlushInterval=0s");
        await server.UntilReadyAsync();
        using var held = _disk.Hold();
        var asking = CallAsync(server, call);
        await _disk.HeldAsync();
        Assert.False(asking.IsCompleted);

        _disk.FlushFails = true;
        _disk.Release();
        Assert.Equal((StatusCode.Unavailable, Reason), await Calls.ErrorOfAsync(() => asking));

        _disk.FlushFails = false;
        await AnswersAgainAsync(server);
        await AssertAllRecordedAsync(server);
    }

    private static async Task CallAsync(TestServer server, string call)
    {
        var check = Calls.Check(Number);
        switch (call)
        {
            case "check":
                await server.Permits.VerifyPermitAsync(check);
                break;
            case "batch":
                await server.Permits.BatchVerifyPermitsAsync(new() { Checks = { check } });
                break;
            case "stream":
                using (var stream = server.Permits.StreamVerifyPermits())
                {
                    await stream.RequestStream.WriteAsync(new() { Batch = new() { Checks = { check } } });
                    Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
                    throw stream.ResponseStream.Current.Error?.ToRpcException() ?? throw new InvalidOperationException("It was answered.");
                }

            case "timeline":
                await server.Permits.GetTimelineAsync(new() { PermitNumber = Number });
                break;
            case "permit":
                await server.Registry.GetPermitAsync(new() { PermitNumber = Number });
                break;
            default:
                await server.Registry.GetProceduresAsync(new() { PermitNumber = Number });
                break;
        }
    }

    private static bool IsAudit(string error) => error.Contains("Auditing", StringComparison.Ordinal);

    private async Task<TestServer> StartAsync(params string[] args)
    {
        var server = await TestServer.StartAsync(
            configure: builder => builder.Services.AddSingleton<IAuditFiles>(_disk), byMachineClock: true, args: [.. SmallSegments, .. args]);
        server.ExpectsError = IsAudit;
        return server;
    }

    /// <summary>Asks in batches until one is refused, whole or from some item on.</summary>
    private async Task AskUntilRefusedAsync(TestServer server)
    {
        var batch = new BatchVerifyPermitsRequest { Checks = { Enumerable.Range(0, 100).Select(_ => Calls.Check(Number)) } };
        for (var i = 0; i < 10_000; i++)
        {
            try
            {
                var items = (await server.Permits.BatchVerifyPermitsAsync(batch)).Items;
                var told = items.TakeWhile(item => item.Response is not null).Select(item => item.Response.Provenance.CheckId).ToArray();
                _answered.AddRange(told);
                Assert.All(items.Skip(told.Length), item => Assert.Equal(Reason, ReasonOf(item.Error)));
                if (told.Length < items.Count)
                {
                    return;
                }
            }
            catch (RpcException refusal)
            {
                Assert.Equal((StatusCode.Unavailable, Reason), (refusal.StatusCode, ReasonOf(refusal.GetRpcStatus()!)));
                return;
            }
        }

        Assert.Fail("Nothing was refused.");
    }

    private Task AnswersAgainAsync(TestServer server) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                _answered.Add((await server.Permits.VerifyPermitAsync(Calls.Check(Number))).Provenance.CheckId);
                return (await server.Http.GetAsync("/health/ready")).IsSuccessStatusCode;
            }
            catch (RpcException)
            {
                return false;
            }
        },
        "The service does not answer again.");

    private async Task AssertAllRecordedAsync(TestServer server)
    {
        var records = await server.RecordsAsync();
        Assert.Empty(_answered.Except(records.Select(record => record.CheckId.ToString())));
        Assert.Contains(records, record => record.Refusal is { Reason: Reason });
        Assert.True(server.Audit.Verify() is { IsIntact: true, IsClosed: true });
    }

    private static string ReasonOf(Google.Rpc.Status error) => error.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
}
