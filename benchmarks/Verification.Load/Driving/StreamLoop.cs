using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;
using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>Streams, each with a batch a message; the next one goes out when the last is answered.</summary>
internal static class StreamLoop
{
    private static readonly Marshaller<byte[]> AsItIs = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly Method<byte[], byte[]> Stream = new(
        MethodType.DuplexStreaming,
        "permits.verification.v1.VerificationService",
        nameof(VerificationService.VerificationServiceBase.StreamVerifyPermits),
        AsItIs,
        AsItIs);

    /// <summary>Drives a server for so long.</summary>
    public static async Task<Driven> RunAsync(Uri address, IQuestion question, Shape shape, TimeSpan duration)
    {
        var batch = BatchVerifyPermitsRequest.Parser.ParseFrom(question.OnlyMessage, Frame.Prefix, question.OnlyMessage!.Length - Frame.Prefix);
        var channels = Enumerable.Range(0, shape.Connections).Select(_ => GrpcChannel.ForAddress(address)).ToArray();
        try
        {
            var latencies = Driven.NewHistogram();
            var startedAt = Stopwatch.GetTimestamp();
            var streams = await Task.WhenAll(channels.SelectMany(channel => Enumerable.Range(0, shape.Streams).Select(_ => TalkAsync(channel))));
            return new Driven(
                streams.Sum(stream => stream.Calls),
                streams.Sum(stream => stream.Wrong),
                Missing: 0,
                Stopwatch.GetElapsedTime(startedAt),
                streams.Sum(stream => stream.Bytes),
                latencies,
                Driven.NewHistogram());

            async Task<(long Calls, long Wrong, long Bytes)> TalkAsync(GrpcChannel channel)
            {
                var (calls, wrong, bytes) = (0L, 0L, 0L);
                using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(
                    Stream, host: null, new CallOptions(new Metadata { { "authorization", $"Bearer {question.ApiKey}" } }));
                for (; Stopwatch.GetElapsedTime(startedAt) < duration; calls++)
                {
                    var sentAt = Stopwatch.GetTimestamp();
                    await call.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Sequence = calls + 1, Batch = batch }.ToByteArray());
                    if (!await call.ResponseStream.MoveNext(CancellationToken.None))
                    {
                        throw new InvalidOperationException("The server ended the stream.");
                    }

                    var answer = call.ResponseStream.Current;
                    lock (latencies)
                    {
                        latencies.RecordValue((long)Stopwatch.GetElapsedTime(sentAt).TotalNanoseconds);
                    }

                    bytes += answer.Length;
                    wrong += IsRight(answer, calls + 1) ? 0 : 1;
                }

                // To its end: a call that is given up would be one that the service counts as refused.
                await call.RequestStream.CompleteAsync();
                await call.ResponseStream.MoveNext(CancellationToken.None);
                return (calls, wrong, bytes);
            }
        }
        finally
        {
            foreach (var channel in channels)
            {
                channel.Dispose();
            }
        }

        bool IsRight(ReadOnlySpan<byte> answer, long sequence)
        {
            var batch = Fields.Find(answer, StreamVerifyPermitsResponse.ResponseFieldNumber);
            return !batch.IsEmpty
                && StreamVerifyPermitsResponse.Parser.ParseFrom(answer[..SequenceLength(answer)]).Sequence == sequence
                && question.IsRight(0, new Answer(0, batch, []));
        }

        // The sequence is the first field: a tag and a varint.
        static int SequenceLength(ReadOnlySpan<byte> answer) => answer[1..].IndexOfAnyInRange((byte)0, (byte)0x7F) + 2;
    }
}
