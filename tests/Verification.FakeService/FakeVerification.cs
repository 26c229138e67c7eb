using Grpc.Core;
using Permits.Verification.V1;

namespace Verification.FakeService;

internal sealed class FakeVerification(Script script) : VerificationService.VerificationServiceBase
{
    public override Task<VerifyPermitResponse> VerifyPermit(VerifyPermitRequest request, ServerCallContext context) =>
        Answer(context, request, script.Verify);

    public override Task<GetTimelineResponse> GetTimeline(GetTimelineRequest request, ServerCallContext context) =>
        Answer(context, request, script.Timeline);

    public override Task<GetRulebookResponse> GetRulebook(GetRulebookRequest request, ServerCallContext context) =>
        Answer(context, request, script.Rulebook);

    private Task<TResponse> Answer<TRequest, TResponse>(ServerCallContext context, TRequest request, Func<TRequest, TResponse> answer)
    {
        script.Note(context);
        return Task.FromResult(answer(request));
    }
}
