using Grpc.Net.Client;
using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.Server.Tests.Access;

/// <summary>Both services by one channel.</summary>
internal sealed class Caller(GrpcChannel channel)
{
    public VerificationService.VerificationServiceClient Permits { get; } = new(channel);

    public RegistryService.RegistryServiceClient Registry { get; } = new(channel);
}
