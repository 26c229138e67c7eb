using Grpc.Core;
using Permits.Registry.V1;

namespace Verification.FakeService;

internal sealed class FakeRegistry(Script script) : RegistryService.RegistryServiceBase
{
    public override Task<RecordEventResponse> RecordEvent(RecordEventRequest request, ServerCallContext context)
    {
        script.Note(context);
        return Task.FromResult(script.Record(request));
    }

    public override Task<GetPermitResponse> GetPermit(GetPermitRequest request, ServerCallContext context)
    {
        script.Note(context);
        return Task.FromResult(script.Permit(request));
    }

    public override Task<GetProceduresResponse> GetProcedures(GetProceduresRequest request, ServerCallContext context)
    {
        script.Note(context);
        return Task.FromResult(script.Procedures(request));
    }

    public override Task<MarkRestoredResponse> MarkRestored(MarkRestoredRequest request, ServerCallContext context)
    {
        script.Note(context);
        return Task.FromResult(script.Restored(request));
    }

    public override Task<ConfirmClockResponse> ConfirmClock(ConfirmClockRequest request, ServerCallContext context)
    {
        script.Note(context);
        return Task.FromResult(script.ConfirmedClock(request));
    }

    public override Task ImportEvents(
        IAsyncStreamReader<ImportEventsRequest> requests, IServerStreamWriter<ImportEventsResponse> responses, ServerCallContext context)
    {
        script.Note(context);
        return script.Import(requests, responses, context.CancellationToken);
    }
}
