using System.Buffers;
using System.Collections.Frozen;
using Google.Protobuf;
using Grpc.Core;
using Verification.Server.Checks.Batches;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>
/// Reads checks without parsing more than a message may hold. One that holds more is not read but stands for its fault: a check with one
/// entitlement too many. So one bad item of a batch fails that item alone.
/// </summary>
internal static class BoundedChecks
{
    private static readonly MessagePlan CheckPlan = MessagePlan.Of(Contract.VerifyPermitRequest.Descriptor);

    private static readonly FrozenDictionary<Type, Func<ReadOnlySequence<byte>, IMessage>> Readers =
        new Dictionary<Type, Func<ReadOnlySequence<byte>, IMessage>>
        {
            [typeof(Contract.VerifyPermitRequest)] = ReadCheck,
        }.ToFrozenDictionary();

    /// <summary>The service, for the transcoder, which finds it by this name.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => Contract.VerificationService.Descriptor;

    /// <summary>Binds the service's calls, which names this by its attribute.</summary>
    public static void Bind(ServiceBinderBase binder, Contract.VerificationService.VerificationServiceBase? service) =>
        Contract.VerificationService.BindService(new BoundedBinder(BatchBinding.Around(binder), Readers), service);

    /// <summary>Reads a check.</summary>
    public static Contract.VerifyPermitRequest ReadCheck(ReadOnlySequence<byte> message)
    {
        if (CheckPlan.Fits(message))
        {
            return Contract.VerifyPermitRequest.Parser.ParseFrom(message);
        }

        // With its number, where that comes first as senders have it: what is told to be wrong is then wrong.
        var overfull = new Contract.VerifyPermitRequest();
        var fields = new FieldScan(message);
        if (fields.MoveNext() && fields.Number == Contract.VerifyPermitRequest.PermitNumberFieldNumber)
        {
            overfull.MergeFrom(fields.Raw);
        }

        overfull.Entitlements.Add(Enumerable.Repeat(Contract.Entitlement.Unspecified, MessageBounds.MaxEntitlements + 1));
        return overfull;
    }
}
