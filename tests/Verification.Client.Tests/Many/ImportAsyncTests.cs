using System.Security.Cryptography;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.FakeService;
using Xunit;

namespace Verification.Client.Tests;

public sealed class ImportAsyncTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(128 * 1024, 1)]
    [InlineData(1_000_000, 8)]
    public async Task ImportAsync_AnySize_ArrivesWholeInChunks(int size, int chunks)
    {
        await using var service = await FakeService.FakeService.StartAsync();
        using var received = new MemoryStream();
        var ids = new List<string>();
        service.Script.Import = async (requests, responses, _) =>
        {
            await foreach (var request in requests.ReadAllAsync(CancellationToken.None))
            {
                ids.Add(request.ImportId);
                request.Ndjson.WriteTo(received);
            }
            await responses.WriteAsync(new ImportEventsResponse { LinesRead = ids.Count }, CancellationToken.None);
        };
        using var client = new PermitVerificationClient(new() { Address = service.Address });
        var file = RandomNumberGenerator.GetBytes(size);

        var answers = await client.ImportAsync("file-1", new MemoryStream(file), Token).ToListAsync(Token);

        Assert.Equal(file, received.ToArray());
        Assert.Equal(chunks, Assert.Single(answers).LinesRead);
        Assert.Equal("file-1", ids[0]);
        Assert.All(ids.Skip(1), id => Assert.Equal("", id));
    }

    [Fact]
    public async Task ImportAsync_ServiceAnswersEveryChunk_NeitherSideWaits()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        // Each answer is larger than the flow-control window: a client that sent all before it read would stop here.
        var detail = new string('x', 100_000);
        service.Script.Import = async (requests, responses, _) =>
        {
            await foreach (var request in requests.ReadAllAsync(CancellationToken.None))
            {
                var answer = new ImportEventsResponse();
                answer.Rejects.Add(new Reject { Line = 1, Code = "UNKNOWN_EVENT", Detail = detail });
                await responses.WriteAsync(answer, CancellationToken.None);
            }
        };
        using var client = new PermitVerificationClient(new() { Address = service.Address });

        var answers = await client.ImportAsync("file", new MemoryStream(new byte[64 * 128 * 1024]), Token).CountAsync(Token);

        Assert.Equal(64, answers);
    }

    [Fact]
    public async Task ImportAsync_ServiceRefuses_ThrowsItsError()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        service.Script.Import = (_, _, _) => throw Faults.Create(StatusCode.PermissionDenied, "NOT_AUTHORITY", "Not for you.");
        using var client = new PermitVerificationClient(new() { Address = service.Address });

        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ImportAsync("file", new MemoryStream(new byte[10_000_000]), Token).CountAsync(Token));

        Assert.Equal("NOT_AUTHORITY", VerificationFault.From(exception).Reason);
    }

    [Fact]
    public async Task ImportAsync_UnreadableFile_ThrowsTheCause()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        service.Script.Import = async (requests, _, _) => await requests.ReadAllAsync(CancellationToken.None).CountAsync(CancellationToken.None);
        using var client = new PermitVerificationClient(new() { Address = service.Address });

        await Assert.ThrowsAsync<IOException>(
            async () => await client.ImportAsync("file", new BrokenStream(), Token).CountAsync(Token));
    }

    [Fact]
    public async Task ImportAsync_CallerStopsEarly_EndsTheCall()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        var ended = new TaskCompletionSource();
        service.Script.Import = async (_, responses, cancellationToken) =>
        {
            using var registration = cancellationToken.Register(ended.SetResult);
            await responses.WriteAsync(new ImportEventsResponse(), CancellationToken.None);
            await ended.Task;
        };
        using var client = new PermitVerificationClient(new() { Address = service.Address });

        await foreach (var answer in client.ImportAsync("file", new MemoryStream(new byte[10_000_000]), Token))
            break;

        await ended.Task.WaitAsync(Token);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("the disk is gone");
    }
}
