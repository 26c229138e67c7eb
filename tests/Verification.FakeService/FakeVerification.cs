using Grpc.Core;
using Permits.Verification.V1;

namespace Verification.FakeService;

internal sealed class FakeVerification(Script script) : VerificationService.VerificationServiceBase
{
    public override Task<VerifyPermitResponse> VerifyPermit(VerifyPermitRequest request, ServerCallContext context)
    {
        if (script.VerifyAsync is not { } verify)
            return Answer(context, request, script.Verify);
        script.Note(context);
        return verify(request, context);
    }

    public override Task<GetTimelineResponse> GetTimeline(GetTimelineRequest request, ServerCallContext context) =>
        Answer(context, request, script.Timeline);

    public override Task<GetCheckResponse> GetCheck(GetCheckRequest request, ServerCallContext context) =>
        Answer(context, request, script.CheckRead);

    public override Task<GetRulebookResponse> GetRulebook(GetRulebookRequest request, ServerCallContext context) =>
        Answer(context, request, script.Rulebook);

    public override Task<GetCallerResponse> GetCaller(GetCallerRequest request, ServerCallContext context) =>
        Answer(context, request, script.Caller);

    public override async Task StreamVerifyPermits(
        IAsyncStreamReader<StreamVerifyPermitsRequest> requests, IServerStreamWriter<StreamVerifyPermitsResponse> responses, ServerCallContext context)
    {
        script.Note(context);
        if (script.StreamCall is { } stream)
        {
            await stream(requests, responses, context);
            return;
        }
        while (await requests.MoveNext(context.CancellationToken))
        {
            var answer = script.Stream(requests.Current.Batch);
            answer.Sequence = requests.Current.Sequence;
            await responses.WriteAsync(answer, context.CancellationToken);
        }
    }

    private Task<TResponse> Answer<TRequest, TResponse>(ServerCallContext context, TRequest request, Func<TRequest, TResponse> answer)
    {
        script.Note(context);
        return Task.FromResult(answer(request));
    }
}
