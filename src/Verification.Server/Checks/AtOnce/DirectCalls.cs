using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Verification.Audit.Records;
using Verification.Server.Access;
using Verification.Server.Auditing;
using Verification.Server.Errors;
using Verification.Server.Telemetry;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.AtOnce;

/// <summary>
/// Answers the usual single check between the bytes of its request and those of its answer, where the gRPC framework would spend more on a
/// call than the check costs. What is not plain, was not let in on its connection before, or must wait for anything goes on to the framework,
/// with nothing taken from it: both answer alike, which one suite of tests holds.
/// </summary>
internal sealed class DirectCalls(
    ChecksAtOnce checks, ConsumerGate gate, IAuditTrail trail, Refusals refusals, ILogger<DirectCalls> logger)
{
    private const string ContentType = "application/grpc";
    private const string Ok = "0";

    // A byte that says whether the message is compressed, and its length.
    private const int Prefix = 5;

    private static readonly string Path = $"/{Contract.VerificationService.Descriptor.FullName}/{nameof(Contract.VerificationService.VerificationServiceBase.VerifyPermit)}";

    private Endpoint? _endpoint;

    /// <summary>Answers a call, or passes it on.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
        !IsPlain(context.Request) ? next(context)
        : Volatile.Read(ref _endpoint) is not { } endpoint ? PassFirstAsync(context, next)
        : gate.Recall(context, endpoint)?.Identity is ConsumerIdentity { Asker: var asker } ? TryAnswerAsync(context, asker, next)
        : next(context);

    /// <summary>Passes on a call from which it learns the endpoint, to which a caller must have been let in: routing makes it, and no other is the same.</summary>
    private async Task PassFirstAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName == Path)
        {
            Volatile.Write(ref _endpoint, endpoint);
        }
    }

    private static bool IsPlain(HttpRequest request) =>
        request.Path.Value == Path
            && HttpMethods.IsPost(request.Method)
            && HttpProtocol.IsHttp2(request.Protocol)
            && request.ContentType is ContentType or $"{ContentType}+proto"
            && request.Headers.GrpcEncoding.Count == 0;

    private Task TryAnswerAsync(HttpContext context, Asker asker, RequestDelegate next)
    {
        var body = context.Request.BodyReader;
        if (!body.TryRead(out var read))
        {
            return AnswerWhenReadAsync(context, asker, next);
        }

        if (read.IsCompleted)
        {
            return AnswerAsync(context, asker, next, read.Buffer, examined: 0);
        }

        body.AdvanceTo(read.Buffer.Start);
        return AnswerWhenReadAsync(context, asker, next);
    }

    /// <summary>Waits for a body that is not there yet, unless the call has a deadline: that is for the framework to keep.</summary>
    private async Task AnswerWhenReadAsync(HttpContext context, Asker asker, RequestDelegate next)
    {
        if (context.Request.Headers.GrpcTimeout.Count == 0)
        {
            var body = context.Request.BodyReader;
            var examined = 0L;
            while (true)
            {
                ReadResult read;
                try
                {
                    read = await body.ReadAsync();
                }
                catch (Exception cause) when (cause is IOException or OperationCanceledException)
                {
                    // The caller went away: the framework says so.
                    break;
                }

                if (read.IsCompleted || read.Buffer.Length > Prefix + ChecksAtOnce.MaxMessage)
                {
                    await AnswerAsync(context, asker, next, read.Buffer, examined);
                    return;
                }

                examined = read.Buffer.Length;
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }

        await next(context);
    }

    private Task AnswerAsync(HttpContext context, Asker asker, RequestDelegate next, ReadOnlySequence<byte> frame, long examined)
    {
        var body = context.Request.BodyReader;
        CheckOutcome outcome;
        try
        {
            if (!TryVerify(frame, asker, out outcome))
            {
                body.AdvanceTo(frame.Start, frame.GetPosition(examined));
                return next(context);
            }
        }
        catch (Exception cause)
        {
            Log.CallFailed(logger, Path, cause);
            outcome = new CheckOutcome(RpcErrors.ServerFault(), Number: null);
        }

        body.AdvanceTo(frame.End);
        if (outcome.Error is not null)
        {
            return Refuse(context, asker, outcome);
        }

        // The record is made: whether the caller still waits for the disk to have it changes nothing.
        var keeping = trail.KeepAsync(CancellationToken.None);
        return keeping.IsCompletedSuccessfully ? Write(context.Response, outcome, asker) : WriteWhenKeptAsync(context, asker, outcome, keeping);
    }

    private async Task WriteWhenKeptAsync(HttpContext context, Asker asker, CheckOutcome outcome, ValueTask keeping)
    {
        try
        {
            await keeping;
        }
        catch (RpcException error) when (error.GetRpcStatus() is { } status)
        {
            await Refuse(context, asker, outcome with { Error = status });
            return;
        }

        await Write(context.Response, outcome, asker);
    }

    private Task Refuse(HttpContext context, Asker asker, in CheckOutcome outcome)
    {
        refusals.Note(new Refusal(AuditCall.Check, asker.Recorded, outcome.Number, CallMarks.CurrentId), outcome.Error!);
        return TrailersOnly.WriteAsync(context, outcome.Error!);
    }

    private static Task Write(HttpResponse response, in CheckOutcome outcome, Asker asker)
    {
        response.ContentType = ContentType;
        response.AppendTrailer(TrailersOnly.Status, Ok);
        var starting = response.StartAsync();
        if (starting.IsCompletedSuccessfully)
        {
            WriteBody(response.BodyWriter, outcome, asker);
            return Task.CompletedTask;
        }

        return WriteWhenStartedAsync(starting, response.BodyWriter, outcome, asker);
    }

    private static async Task WriteWhenStartedAsync(Task starting, PipeWriter body, CheckOutcome outcome, Asker asker)
    {
        await starting;
        WriteBody(body, outcome, asker);
    }

    private static void WriteBody(PipeWriter body, in CheckOutcome outcome, Asker asker)
    {
        var frame = body.GetSpan(Prefix + AnswerBytes.MaxLength);
        var writer = new WireWriter(frame[Prefix..]);
        AnswerBytes.Write(ref writer, outcome.Id, outcome.Verdict, outcome.Check.Entitlements, outcome.Known, asker.SeesSource);
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], writer.Length);
        body.Advance(Prefix + writer.Length);
    }

    private bool TryVerify(in ReadOnlySequence<byte> frame, Asker asker, out CheckOutcome outcome)
    {
        outcome = default;
        if (frame.Length is < Prefix or > Prefix + ChecksAtOnce.MaxMessage)
        {
            return false;
        }

        if (frame.IsSingleSegment)
        {
            return TryVerify(frame.FirstSpan, asker, out outcome);
        }

        Span<byte> copy = stackalloc byte[Prefix + ChecksAtOnce.MaxMessage];
        frame.CopyTo(copy);
        return TryVerify(copy[..(int)frame.Length], asker, out outcome);
    }

    private bool TryVerify(ReadOnlySpan<byte> frame, Asker asker, out CheckOutcome outcome)
    {
        outcome = default;
        return frame[0] == 0
            && BinaryPrimitives.ReadUInt32BigEndian(frame[1..]) == frame.Length - Prefix
            && checks.TryVerify(frame[Prefix..], asker, out outcome);
    }
}
