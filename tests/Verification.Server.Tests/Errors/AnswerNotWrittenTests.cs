using System.IO.Compression;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Compression;
using Microsoft.Extensions.DependencyInjection;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Errors;

public sealed class AnswerNotWrittenTests
{
    /// <summary>A fault while the answer is written is the server's own: INTERNAL, in its log, and not the caller's message.</summary>
    [Fact]
    public async Task VerifyPermit_AnswerCannotBeWritten_IsInternalAndLogged()
    {
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.Configure<GrpcServiceOptions>(grpc =>
        {
            grpc.CompressionProviders.Clear();
            grpc.CompressionProviders.Add(new BrokenCompression());
            grpc.ResponseCompressionAlgorithm = "gzip";
        }));
        server.ExpectsError = error => error.Contains("broken on purpose", StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<RpcException>(() => server.VerdictAsync(Calls.Check("BJ2024000017")));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.Equal("INTERNAL", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Contains(server.Logs.Errors, text => text.Contains("AnswerNotWritten", StringComparison.Ordinal) && text.Contains("broken on purpose", StringComparison.Ordinal));
    }

    private sealed class BrokenCompression : ICompressionProvider
    {
        public string EncodingName => "gzip";

        public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => throw new InvalidOperationException("broken on purpose");

        public Stream CreateDecompressionStream(Stream stream) => throw new InvalidOperationException("broken on purpose");
    }
}
