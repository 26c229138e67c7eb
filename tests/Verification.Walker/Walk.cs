using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;

namespace Verification.Walker;

/// <summary>Asks about made-up numbers, each once, as fast as it is answered.</summary>
internal sealed class Walk : IDisposable
{
    private const int BatchSize = 1_000;
    private const string ResourceExhausted = "8";

    private readonly HttpClient _http;
    private readonly GrpcChannel _channel;
    private readonly ConcurrentDictionary<int, AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse>> _streams = [];

    /// <summary>A walk at a server with a key.</summary>
    public Walk(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpClient = _http });
    }

    /// <summary>Asks about a run of numbers.</summary>
    /// <param name="kind"><c>single</c>, <c>batch</c>, <c>stream</c>; or a number to be asked about again and again.</param>
    /// <param name="first">The first number of the run.</param>
    /// <param name="numbers">How many; whole batches for batches and streams.</param>
    /// <param name="lanes">How many callers share them, each with one call at a time.</param>
    /// <returns>How many were answered and how many refused.</returns>
    public async Task<(int Answered, int Refused)> GoAsync(string kind, int first, int numbers, int lanes)
    {
        var each = numbers / lanes;
        for (var lane = 0; kind == "stream" && lane < lanes; lane++)
        {
            await OpenAsync(lane);
        }

        var results = await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => kind switch
        {
            "single" => AskAsync(i => NumberOf(first + (lane * each) + i), each),
            "batch" => AskBatchesAsync(first + (lane * each), each),
            "stream" => StreamAsync(lane, first + (lane * each), each),
            _ => AskAsync(_ => kind, each),
        }));
        return (results.Sum(result => result.Answered), results.Sum(result => result.Refused));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var stream in _streams.Values)
        {
            stream.Dispose();
        }

        _channel.Dispose();
        _http.Dispose();
    }

    private static string NumberOf(int i) => string.Create(CultureInfo.InvariantCulture, $"BJ{i:D8}");

    private static BatchVerifyPermitsRequest Batch(int first) => new()
    {
        Checks = { Enumerable.Range(first, BatchSize).Select(i => new VerifyPermitRequest { PermitNumber = NumberOf(i) }) },
    };

    private async Task<(int Answered, int Refused)> AskAsync(Func<int, string> number, int count)
    {
        var answered = 0;
        for (var i = 0; i < count; i++)
        {
            answered += await PostAsync("VerifyPermit", new VerifyPermitRequest { PermitNumber = number(i) }) is null ? 0 : 1;
        }

        return (answered, count - answered);
    }

    private async Task<(int Answered, int Refused)> AskBatchesAsync(int first, int count)
    {
        var answered = 0;
        for (var i = first; i < first + count; i += BatchSize)
        {
            if (await PostAsync("BatchVerifyPermits", Batch(i)) is { } answer)
            {
                answered += BatchVerifyPermitsResponse.Parser.ParseFrom(answer.AsSpan(5)).Items.Count(item => item.Error is null);
            }
        }

        return (answered, count - answered);
    }

    /// <summary>Opens a lane's stream once, while the budget has something left. The message without checks makes sure that it is open.</summary>
    private async Task OpenAsync(int lane)
    {
        if (_streams.ContainsKey(lane))
        {
            return;
        }

        var call = new VerificationService.VerificationServiceClient(_channel).StreamVerifyPermits();
        _streams[lane] = call;
        await call.RequestStream.WriteAsync(new StreamVerifyPermitsRequest());
        await call.ResponseStream.MoveNext(CancellationToken.None);
    }

    /// <summary>Goes on with a lane's stream, which was let in before the budget was used up.</summary>
    private async Task<(int Answered, int Refused)> StreamAsync(int lane, int first, int count)
    {
        var call = _streams[lane];
        var answered = 0;
        for (var i = first; i < first + count; i += BatchSize)
        {
            await call.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Batch = Batch(i) });
            if (!await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                throw new InvalidOperationException("The stream has ended.");
            }

            answered += call.ResponseStream.Current.Response?.Items.Count(item => item.Error is null) ?? 0;
        }

        return (answered, count - answered);
    }

    /// <summary>Calls without the gRPC client, whose exceptions would cost the machine more than the server's refusals.</summary>
    /// <returns>The answer's frame; null when it was refused.</returns>
    private async Task<byte[]?> PostAsync(string method, IMessage message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"permits.verification.v1.VerificationService/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Frame(message)),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        using var response = await _http.SendAsync(request);
        var status = response.Headers.TryGetValues("grpc-status", out var early) ? early : response.TrailingHeaders.GetValues("grpc-status");
        return status.Single() switch
        {
            "0" => await response.Content.ReadAsByteArrayAsync(),
            ResourceExhausted => null,
            var other => throw new InvalidOperationException($"Status {other}."),
        };
    }

    /// <summary>A gRPC message: not compressed, its length, its bytes.</summary>
    private static byte[] Frame(IMessage message)
    {
        var bytes = message.ToByteArray();
        byte[] frame = [0, 0, 0, 0, 0, .. bytes];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        return frame;
    }
}
