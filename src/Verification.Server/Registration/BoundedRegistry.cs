using System.Buffers;
using System.Collections.Frozen;
using Google.Protobuf;
using Grpc.Core;
using Verification.Server.Messages;
using Contract = Permits.Registry.V1;

namespace Verification.Server.Registration;

/// <summary>Reads the messages of the registry's calls without parsing more than they may hold.</summary>
internal static class BoundedRegistry
{
    /// <summary>The service, for the transcoder, which finds it by this name.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => Contract.RegistryService.Descriptor;

    /// <summary>Binds the service's calls, which names this by its attribute.</summary>
    public static void Bind(ServiceBinderBase binder, Contract.RegistryService.RegistryServiceBase? service) => Contract.RegistryService.BindService(
        new BoundedBinder(binder, FrozenDictionary<Type, Func<ReadOnlySequence<byte>, IMessage>>.Empty), service);
}
