using Grpc.Core;
using Verification.Core.Rules;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Rpc;

/// <summary>The calls of a third party that asks about permits.</summary>
internal sealed class VerificationRpc(Verifier verifier, IHostApplicationLifetime lifetime)
    : Contract.VerificationService.VerificationServiceBase
{
    /// <inheritdoc/>
    public override Task<Contract.VerifyPermitResponse> VerifyPermit(
        Contract.VerifyPermitRequest request, ServerCallContext context) =>
        verifier.VerifyAsync(request, Asker.Of(context), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Contract.BatchVerifyPermitsResponse> BatchVerifyPermits(
        Contract.BatchVerifyPermitsRequest request, ServerCallContext context) =>
        verifier.VerifyAsync(request, Asker.Of(context), context.CancellationToken);

    /// <summary>
    /// Answers message after message. The next one is read only when the answer is written: a slow reader slows its own stream
    /// down. When the server stops, the message under way is answered and the call ends.
    /// </summary>
    public override async Task StreamVerifyPermits(
        IAsyncStreamReader<Contract.StreamVerifyPermitsRequest> requestStream,
        IServerStreamWriter<Contract.StreamVerifyPermitsResponse> responseStream,
        ServerCallContext context)
    {
        using var reading =
            CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        while (await requestStream.MoveNext(reading.Token))
        {
            var answer = await AnswerAsync(requestStream.Current, context);
            await responseStream.WriteAsync(answer, context.CancellationToken);
            reading.Token.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public override Task<Contract.GetTimelineResponse> GetTimeline(
        Contract.GetTimelineRequest request, ServerCallContext context) =>
        verifier.GetTimelineAsync(request, Asker.Of(context), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Contract.GetRulebookResponse> GetRulebook(
        Contract.GetRulebookRequest request, ServerCallContext context)
    {
        var rulebook = request.Version.Length == 0
            ? RulebookLibrary.On(verifier.Today)
            : RulebookLibrary.Find(request.Version) ?? throw RpcErrors.RulebookUnknown();
        return Task.FromResult(new Contract.GetRulebookResponse { Rulebook = RulebookWriter.Write(rulebook) });
    }

    private async Task<Contract.StreamVerifyPermitsResponse> AnswerAsync(
        Contract.StreamVerifyPermitsRequest request, ServerCallContext context)
    {
        var answer = new Contract.StreamVerifyPermitsResponse { Sequence = request.Sequence };
        try
        {
            var batch = request.Batch ?? new Contract.BatchVerifyPermitsRequest();
            answer.Response = await verifier.VerifyAsync(batch, Asker.Of(context), context.CancellationToken);
        }
        catch (RpcException refusal)
        {
            // The verifier refuses what the caller sent; faults of the server's own come as other exceptions and end the call.
            answer.Error = refusal.GetRpcStatus();
        }

        return answer;
    }
}
