using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;

namespace Verification.Walker;

/// <summary>Asks about made-up numbers, each once.</summary>
internal sealed class Walk : IDisposable
{
    private const int BatchSize = 1_000;
    private const string ResourceExhausted = "8";

    private readonly HttpClient _http;
    private readonly GrpcChannel _channel;
    private AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse>? _stream;

    /// <summary>A walk at a server with a key.</summary>
    public Walk(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpClient = _http });
    }

    /// <summary>Asks about a run of numbers.</summary>
    /// <param name="kind"><c>single</c>, <c>batch</c> or <c>stream</c>; or a permit number, to be asked about again and again.</param>
    /// <param name="first">The first number of the run.</param>
    /// <param name="numbers">How many; whole batches for batches and streams.</param>
    /// <param name="rate">How many a second; 0 for as fast as they are answered.</param>
    /// <returns>How many were answered and how many refused.</returns>
    public async Task<(int Answered, int Refused)> GoAsync(string kind, int first, int numbers, int rate)
    {
        if (kind == "stream")
        {
            await OpenAsync();
        }

        Func<int, Task<int>> ask = kind switch
        {
            "single" => number => AskOneAsync(NumberOf(number)),
            "batch" => AskBatchAsync,
            "stream" => AskOnStreamAsync,
            _ => _ => AskOneAsync(kind),
        };
        var answered = 0;
        var started = Stopwatch.GetTimestamp();
        for (var asked = 0; asked < numbers; asked += kind is "batch" or "stream" ? BatchSize : 1)
        {
            await KeepToAsync(rate, asked, started);
            answered += await ask(first + asked);
        }

        return (answered, numbers - answered);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _channel.Dispose();
        _http.Dispose();
    }

    private static string NumberOf(int i) => string.Create(CultureInfo.InvariantCulture, $"BJ{i:D8}");

    private static BatchVerifyPermitsRequest Batch(int first) => new()
    {
        Checks = { Enumerable.Range(first, BatchSize).Select(i => new VerifyPermitRequest { PermitNumber = NumberOf(i) }) },
    };

    /// <summary>Waits while more was asked than the rate allows until now.</summary>
    private static async Task KeepToAsync(int rate, int asked, long started)
    {
        if (rate > 0 && TimeSpan.FromSeconds((double)asked / rate) - Stopwatch.GetElapsedTime(started) is { TotalMilliseconds: > 1 } early)
        {
            await Task.Delay(early, TimeProvider.System);
        }
    }

    private async Task<int> AskOneAsync(string number) =>
        await PostAsync("VerifyPermit", new VerifyPermitRequest { PermitNumber = number }) is null ? 0 : 1;

    private async Task<int> AskBatchAsync(int first) =>
        await PostAsync("BatchVerifyPermits", Batch(first)) is { } answer
            ? BatchVerifyPermitsResponse.Parser.ParseFrom(answer.AsSpan(5)).Items.Count(item => item.Error is null)
            : 0;

    /// <summary>Opens the stream, while the budget has something left. The message without checks makes sure that it is open.</summary>
    private async Task OpenAsync()
    {
        if (_stream is null)
        {
            _stream = new VerificationService.VerificationServiceClient(_channel).StreamVerifyPermits();
            await _stream.RequestStream.WriteAsync(new StreamVerifyPermitsRequest());
            await _stream.ResponseStream.MoveNext(CancellationToken.None);
        }
    }

    /// <summary>Goes on with a stream that was let in before the budget was used up.</summary>
    private async Task<int> AskOnStreamAsync(int first)
    {
        await _stream!.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Batch = Batch(first) });
        return await _stream.ResponseStream.MoveNext(CancellationToken.None)
            ? _stream.ResponseStream.Current.Response?.Items.Count(item => item.Error is null) ?? 0
            : throw new InvalidOperationException("The stream has ended.");
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
