using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Attacks;

/// <summary>
/// Peers that mean harm, on loopback and bounded. Another consumer is answered all the while, and afterwards the memory is back where
/// it was. Client and server are one process: each connection counts twice against its limit of open files.
/// </summary>
[Collection(AttacksRunAlone.Name)]
[Trait("Category", "Attack")]
public sealed class FloodTests(ITestOutputHelper output)
{
    private const string Number = "BJ2024000017";
    private const long Megabyte = 1024 * 1024;
    private const long MemoryMargin = 48 * Megabyte;
    private const string VerifyPath = "/permits.verification.v1.VerificationService/VerifyPermit";

    [Fact]
    public Task RapidReset_ManyStreams_ClosesTheConnection() => AttackAsync(async server =>
    {
        var sent = 0;
        var peers = Enumerable.Range(0, 10).Select(async _ =>
        {
            using var peer = await Http2Socket.ConnectAsync(server.Address);
            var call = Http2Socket.Call(VerifyPath);
            try
            {
                for (var stream = 1; stream < 40_000; stream += 2)
                {
                    await peer.WriteAsync(
                    [
                        .. Http2Socket.Frame(Http2Socket.Headers, Http2Socket.EndHeaders, stream, call),
                        .. Http2Socket.Frame(Http2Socket.Reset, 0, stream, [0, 0, 0, 8]),
                    ]);
                    Interlocked.Increment(ref sent);
                }
            }
            catch (IOException closed)
            {
                Assert.NotNull(closed);
            }

            await peer.ReadToEndAsync();
        });
        await Task.WhenAll(peers);
        return $"{sent} streams opened and reset on 10 connections, all closed by the server";
    });

    [Fact]
    public Task IdleConnections_Thousands_LeaveRoomForOthers() => AttackAsync(async server =>
    {
        var count = Math.Min(10_000, (OpenFilesLimit() - 1_000) / 2);
        var peers = new List<TcpClient>();
        for (var i = 0; i < count; i++)
        {
            var peer = new TcpClient();
            await peer.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
            peers.Add(peer);
        }

        using var late = server.Connect("housing");
        await new Permits.Verification.V1.VerificationService.VerificationServiceClient(late).VerifyPermitAsync(Calls.Check(Number));
        var memory = GC.GetTotalMemory(forceFullCollection: false) / Megabyte;
        peers.ForEach(peer => peer.Dispose());
        return $"{count} idle connections ({memory} MB managed with them open); a newcomer was answered";
    });

    [Fact]
    public Task SlowHeaders_ManyConnections_AreClosedInTime() => AttackAsync(async server =>
    {
        var peers = Enumerable.Range(0, 400).Select(async i =>
        {
            if (i % 2 == 0)
            {
                using var peer = await Http2Socket.ConnectAsync(server.Address);
                await peer.WriteAsync(Http2Socket.Frame(Http2Socket.Headers, 0, 1, Http2Socket.Call(VerifyPath)));
                return await peer.ReadToEndAsync();
            }

            using var old = new TcpClient();
            await old.ConnectAsync(IPAddress.Loopback, new Uri(server.Addresses[1]).Port, TestContext.Current.CancellationToken);
            await old.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: l"u8.ToArray(), TestContext.Current.CancellationToken);
            using var rest = new MemoryStream();
            await old.GetStream().CopyToAsync(rest, TestContext.Current.CancellationToken);
            return rest.Length;
        });
        await Task.WhenAll(peers);
        return "400 connections with unfinished headers, all closed by the server";
    });

    [Fact]
    public Task Garbage_AGigabyte_IsReadWithoutKeepingIt() => AttackAsync(async server =>
    {
        var sent = 0L;
        using (var peer = await Http2Socket.ConnectAsync(server.Address))
        {
            var garbage = new byte[Megabyte];
            new Random(1).NextBytes(garbage);
            try
            {
                for (; sent < 1024 * Megabyte; sent += garbage.Length)
                {
                    await peer.WriteAsync(garbage);
                }
            }
            catch (IOException closed)
            {
                Assert.NotNull(closed);
            }
        }

        // A registrar's import takes any bytes; none of them is a line.
        using var call = server.Registry.ImportEvents();
        var piece = ByteString.CopyFrom(Enumerable.Repeat((byte)'x', (int)Megabyte).ToArray());
        for (var i = 0; i < 1024; i++)
        {
            await call.RequestStream.WriteAsync(new ImportEventsRequest { ImportId = "garbage", Ndjson = piece }, TestContext.Current.CancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        var rejects = 0;
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            rejects += response.Rejects.Count;
        }

        Assert.Equal(1, rejects);
        return $"a peer of no protocol was cut off after {sent / Megabyte} MB; 1 GB in one line of an import made one reject";
    });

    [Fact]
    public Task Metadata_AHundredMegabytes_ClosesTheConnection() => AttackAsync(async server =>
    {
        using var peer = await Http2Socket.ConnectAsync(server.Address);
        await peer.WriteAsync(Http2Socket.Frame(Http2Socket.Headers, 0, 1, Http2Socket.Call(VerifyPath)));
        var more = Http2Socket.Frame(Http2Socket.Continuation, 0, 1, Http2Socket.Call(VerifyPath, ("x-filler", new string('x', 15_000)))[^15_000..]);
        var sent = 0L;
        try
        {
            for (; sent < 100 * Megabyte; sent += more.Length)
            {
                await peer.WriteAsync(more);
            }
        }
        catch (IOException closed)
        {
            Assert.NotNull(closed);
        }

        await peer.ReadToEndAsync();
        Assert.True(sent < 100 * Megabyte);
        return $"cut off after {sent / 1024} KB of metadata";
    });

    private static int OpenFilesLimit()
    {
        var line = File.ReadLines("/proc/self/limits").Single(text => text.StartsWith("Max open files", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
    }

    private static long Memory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task AttackAsync(Func<TestServer, Task<string>> attack)
    {
        await using var server = await TestServer.StartAsync(args: "--Verification:Limits:HeaderSeconds=1");
        server.ExpectsError = error => error.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal);
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        string told;
        double worst;
        long before;
        await using (var bystander = new Bystander(server, "housing", Number))
        {
            await bystander.MeasureAsync(200, 1);
            before = Memory();
            var attacking = attack(server);
            worst = await bystander.MeasureAsync(200, 1);
            told = await attacking;
            await bystander.MeasureAsync(50, 1);
        }

        // Connections end a little after their peers.
        var after = Memory();
        for (var i = 0; i < 50 && after - before > MemoryMargin; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            after = Memory();
        }

        output.WriteLine($"{told}; memory {before / Megabyte} -> {after / Megabyte} MB; slowest answer to the other {worst:F1} ms");
        Assert.InRange(after - before, long.MinValue, MemoryMargin);
    }
}
