using Grpc.Core;
using Grpc.Health.V1;

namespace Verification.FakeService;

internal sealed class FakeHealth(Script script) : Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        script.Note(context);
        return Task.FromResult(new HealthCheckResponse { Status = script.Health(request.Service) });
    }

    public override Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context) =>
        script.WatchedHealth.Watch(request, responseStream, context);
}
