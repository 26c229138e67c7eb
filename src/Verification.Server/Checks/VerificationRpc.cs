using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Verification.Audit.Records;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Checks.Again;
using Verification.Server.Checks.Batches;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>The calls of a third party that asks about permits.</summary>
[BindServiceMethod(typeof(BoundedChecks), nameof(BoundedChecks.Bind))]
internal sealed class VerificationRpc(
    Verifier verifier,
    TimelineAnswers timelines,
    Inquiries inquiries,
    OwnChecks ownChecks,
    RulebookLibrary rulebooks,
    Askers askers,
    Refusals refusals,
    IHostApplicationLifetime lifetime)
    : Contract.VerificationService.VerificationServiceBase
{
    /// <inheritdoc/>
    [Authorize(Policies.Verify), CostsChecks(JustOne = true), Audited(AuditCall.Check)]
    public override Task<Contract.VerifyPermitResponse> VerifyPermit(
        Contract.VerifyPermitRequest request, ServerCallContext context) =>
        verifier.VerifyAsync(request, askers.Of(context, ConsumerRoles.Verify), CallTime.Of(context));

    /// <inheritdoc/>
    [Authorize(Policies.Verify), CostsChecks, Audited(AuditCall.Batch)]
    public override async Task<Contract.BatchVerifyPermitsResponse> BatchVerifyPermits(
        Contract.BatchVerifyPermitsRequest request, ServerCallContext context)
    {
        var asker = askers.Of(context, ConsumerRoles.Verify);
        try
        {
            return await verifier.VerifyAsync(request, asker, CallTime.Of(context), CallerLanguage.Of(context.GetHttpContext()));
        }
        finally
        {
            UnknownLeft.AddTo(context.ResponseTrailers, asker.Budget);
        }
    }

    /// <summary>The same as gRPC calls it; see <see cref="BatchMethods"/>.</summary>
    [Authorize(Policies.Verify), CostsChecks, Audited(AuditCall.Batch)]
    internal async Task<BatchAnswer> BatchVerifyPermits(BatchMessage request, ServerCallContext context)
    {
        var asker = askers.Of(context, ConsumerRoles.Verify);
        using (request)
        {
            try
            {
                request.Language = CallerLanguage.Of(context.GetHttpContext());
                return await verifier.VerifyAsync(request, asker, CallTime.Of(context));
            }
            finally
            {
                UnknownLeft.AddTo(context.ResponseTrailers, asker.Budget);
            }
        }
    }

    /// <summary>
    /// Answers message after message. The next one is read only when the answer is written: a slow reader slows its own stream
    /// down. When the server stops, the message under way is answered and the call ends.
    /// </summary>
    [Authorize(Policies.Verify), CostsChecks, Audited(AuditCall.StreamMessage)]
    internal async Task StreamVerifyPermits(
        IAsyncStreamReader<StreamMessage> requestStream,
        IServerStreamWriter<StreamAnswer> responseStream,
        ServerCallContext context)
    {
        using var open = askers.Of(context, ConsumerRoles.Verify).Budget.OpenStream();
        using var reading =
            CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        while (await requestStream.MoveNext(reading.Token))
        {
            using var message = requestStream.Current;
            var answer = await AnswerAsync(message, context);
            await responseStream.WriteAsync(answer, context.CancellationToken);
            reading.Token.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    [Authorize(Policies.Verify), CostsChecks(JustOne = true), Audited(AuditCall.Timeline)]
    public override Task<Contract.GetTimelineResponse> GetTimeline(
        Contract.GetTimelineRequest request, ServerCallContext context) =>
        timelines.AnswerAsync(request, askers.Of(context, ConsumerRoles.Verify), CallTime.Of(context));

    /// <inheritdoc/>
    [Authorize(Policies.Verify), Audited(AuditCall.CheckRead)]
    public override Task<Contract.GetCheckResponse> GetCheck(Contract.GetCheckRequest request, ServerCallContext context) =>
        ownChecks.ShowAsync(request, askers.Of(context, ConsumerRoles.Verify), CallTime.Of(context));

    /// <inheritdoc/>
    [Authorize]
    public override Task<Contract.GetRulebookResponse> GetRulebook(
        Contract.GetRulebookRequest request, ServerCallContext context)
    {
        // It asks about no number: who looked up too many unknown ones may still read the rules.
        Verifier.ThrowIf(askers.Of(context).Budget.TakeCost(1));
        var rulebook = request.Version.Length == 0
            ? inquiries.Today is { IsCertain: true } today ? rulebooks.On(today.Date) : throw RpcErrors.ClockSkewed().ToRpcException()
            : rulebooks.Find(request.Version) ?? throw RpcErrors.RulebookUnknown();
        return Task.FromResult(RulebookWriter.AnswerOf(rulebook));
    }

    /// <summary>Tells the caller about itself. What is left is told also where that is nothing: so it cannot be refused for that.</summary>
    [Authorize]
    public override Task<Contract.GetCallerResponse> GetCaller(Contract.GetCallerRequest request, ServerCallContext context)
    {
        var asker = askers.Of(context);
        asker.Budget.TakeUpTo(1);
        return inquiries.Today is { IsCertain: true } today
            ? Task.FromResult(CallerWriter.Write(asker, rulebooks.On(today.Date)))
            : throw RpcErrors.ClockSkewed().ToRpcException();
    }

    private async ValueTask<StreamAnswer> AnswerAsync(StreamMessage message, ServerCallContext context)
    {
        // Outside the try: a caller who is no longer let in gets no message but the end of the call.
        var asker = askers.Of(context, ConsumerRoles.Verify);
        BatchAnswer? answer = null;
        message.Batch.Language = CallerLanguage.Of(context.GetHttpContext());
        var error = Verifier.TakeCost(message.Batch, asker);
        if (error is null)
        {
            try
            {
                (answer, error) = await verifier.AnswerAsync(message.Batch, AuditCall.StreamItem, asker, CallTime.Of(context));
            }
            catch (RpcException refusal) when (refusal.GetRpcStatus() is { } status)
            {
                // The verifier refuses what the caller sent, or for now; faults of the server's own come as other exceptions and end the call.
                error = status;
            }
        }

        if (error is not null)
        {
            refusals.Note(new Refusal(AuditCall.StreamMessage, asker.Recorded), error);
            error = CallerLanguage.Fit(error, message.Batch.Language);
        }

        return new StreamAnswer(message.Sequence, answer, error, asker.Budget.UnknownLeftForBatches);
    }
}
