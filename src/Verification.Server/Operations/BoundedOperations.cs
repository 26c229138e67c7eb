using System.Buffers;
using System.Collections.Frozen;
using Google.Protobuf;
using Grpc.Core;
using Verification.Server.Messages;
using Contract = Permits.Operations.V1;

namespace Verification.Server.Operations;

/// <summary>Reads the messages of the operators' calls without parsing more than they may hold.</summary>
internal static class BoundedOperations
{
    /// <summary>The service, for the transcoder, which finds it by this name.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => Contract.OperationsService.Descriptor;

    /// <summary>Binds the service's calls, which names this by its attribute.</summary>
    public static void Bind(ServiceBinderBase binder, Contract.OperationsService.OperationsServiceBase? service) =>
        Contract.OperationsService.BindService(
            new BoundedBinder(binder, FrozenDictionary<Type, Func<ReadOnlySequence<byte>, IMessage>>.Empty), service);
}
