using System.Buffers;
using System.Collections.Frozen;
using Google.Protobuf;
using Grpc.Core;
using Verification.Server.Messages;
using Contract = Permits.Audit.V1;

namespace Verification.Server.AuditReading;

/// <summary>Reads the messages of the audit log's calls without parsing more than they may hold.</summary>
internal static class BoundedAudit
{
    /// <summary>The service, for the transcoder, which finds it by this name.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => Contract.AuditService.Descriptor;

    /// <summary>Binds the service's calls, which names this by its attribute.</summary>
    public static void Bind(ServiceBinderBase binder, Contract.AuditService.AuditServiceBase? service) => Contract.AuditService.BindService(
        new BoundedBinder(binder, FrozenDictionary<Type, Func<ReadOnlySequence<byte>, IMessage>>.Empty), service);
}
