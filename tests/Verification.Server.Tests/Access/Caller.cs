using Grpc.Net.Client;
using Permits.Audit.V1;
using Permits.Operations.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.Server.Tests.Access;

/// <summary>All services by one channel.</summary>
internal sealed class Caller(GrpcChannel channel)
{
    public VerificationService.VerificationServiceClient Permits { get; } = new(channel);

    public RegistryService.RegistryServiceClient Registry { get; } = new(channel);

    public OperationsService.OperationsServiceClient Operations { get; } = new(channel);

    public AuditService.AuditServiceClient Audit { get; } = new(channel);
}
