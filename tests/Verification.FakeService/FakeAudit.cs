using Grpc.Core;
using Permits.Audit.V1;

namespace Verification.FakeService;

internal sealed class FakeAudit(Script script) : AuditService.AuditServiceBase
{
    public override Task StreamRecords(
        StreamRecordsRequest request, IServerStreamWriter<StreamRecordsResponse> responses, ServerCallContext context) =>
        SendAsync(responses, script.Records(request), context);

    public override Task Replay(ReplayRequest request, IServerStreamWriter<ReplayResponse> responses, ServerCallContext context) =>
        SendAsync(responses, script.Replay(request), context);

    private async Task SendAsync<T>(IServerStreamWriter<T> responses, IEnumerable<T> answers, ServerCallContext context)
    {
        script.Note(context);
        foreach (var answer in answers)
            await responses.WriteAsync(answer, context.CancellationToken);
    }
}
