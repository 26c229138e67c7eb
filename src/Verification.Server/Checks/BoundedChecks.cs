using System.Buffers;
using System.Collections.Frozen;
using Google.Protobuf;
using Grpc.Core;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>
/// Reads checks and batches of them without parsing more than a message may hold. One that holds more is not read but stands for its
/// fault: a batch with one check too many, a check with one entitlement too many. So one bad item of a batch fails that item alone.
/// </summary>
internal static class BoundedChecks
{
    private static readonly MessagePlan CheckPlan = MessagePlan.Of(Contract.VerifyPermitRequest.Descriptor);
    private static readonly MessagePlan BatchPlan = MessagePlan.Of(Contract.BatchVerifyPermitsRequest.Descriptor);
    private static readonly MessagePlan StreamPlan = MessagePlan.Of(Contract.StreamVerifyPermitsRequest.Descriptor);

    private static readonly Contract.VerifyPermitRequest Nothing = new();

    private static readonly FrozenDictionary<Type, Func<ReadOnlySequence<byte>, IMessage>> Readers =
        new Dictionary<Type, Func<ReadOnlySequence<byte>, IMessage>>
        {
            [typeof(Contract.VerifyPermitRequest)] = ReadCheck,
            [typeof(Contract.BatchVerifyPermitsRequest)] = ReadBatch,
            [typeof(Contract.StreamVerifyPermitsRequest)] = ReadStream,
        }.ToFrozenDictionary();

    /// <summary>The service, for the transcoder, which finds it by this name.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => Contract.VerificationService.Descriptor;

    /// <summary>Binds the service's calls, which names this by its attribute.</summary>
    public static void Bind(ServiceBinderBase binder, Contract.VerificationService.VerificationServiceBase? service) =>
        Contract.VerificationService.BindService(new BoundedBinder(binder, Readers), service);

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

    /// <summary>Reads a batch.</summary>
    /// <exception cref="OverfullMessageException">It holds too much beside its checks.</exception>
    public static Contract.BatchVerifyPermitsRequest ReadBatch(ReadOnlySequence<byte> message)
    {
        var checks = 0;
        var allFit = true;
        var left = MessagePlan.MaxValues;
        for (var fields = new FieldScan(message); fields.MoveNext();)
        {
            if (!IsCheck(fields))
            {
                Take(BatchPlan, fields, ref left);
            }
            else if (++checks > MessageBounds.MaxChecks)
            {
                var overfull = new Contract.BatchVerifyPermitsRequest();
                overfull.Checks.Add(Enumerable.Repeat(Nothing, checks));
                return overfull;
            }
            else
            {
                allFit &= CheckPlan.Fits(fields.Bytes);
            }
        }

        return allFit ? Contract.BatchVerifyPermitsRequest.Parser.ParseFrom(message) : ReadOneByOne(message);
    }

    /// <summary>Reads a message of a stream.</summary>
    /// <exception cref="OverfullMessageException">It holds more than a sequence and a batch.</exception>
    public static Contract.StreamVerifyPermitsRequest ReadStream(ReadOnlySequence<byte> message)
    {
        var request = new Contract.StreamVerifyPermitsRequest();
        var left = MessagePlan.MaxValues;
        for (var fields = new FieldScan(message); fields.MoveNext();)
        {
            if (fields.Number != Contract.StreamVerifyPermitsRequest.BatchFieldNumber || !fields.HasBytes)
            {
                Take(StreamPlan, fields, ref left);
                request.MergeFrom(fields.Raw);
            }
            else if (request.Batch is null)
            {
                request.Batch = ReadBatch(fields.Bytes);
            }
            else
            {
                throw new OverfullMessageException();
            }
        }

        return request;
    }

    private static Contract.BatchVerifyPermitsRequest ReadOneByOne(ReadOnlySequence<byte> message)
    {
        var batch = new Contract.BatchVerifyPermitsRequest();
        for (var fields = new FieldScan(message); fields.MoveNext();)
        {
            if (IsCheck(fields))
            {
                batch.Checks.Add(ReadCheck(fields.Bytes));
            }
            else
            {
                batch.MergeFrom(fields.Raw);
            }
        }

        return batch;
    }

    private static bool IsCheck(in FieldScan field) =>
        field.Number == Contract.BatchVerifyPermitsRequest.ChecksFieldNumber && field.HasBytes;

    private static void Take(MessagePlan plan, FieldScan field, ref int left)
    {
        if (!plan.TryTake(field, ref left))
        {
            throw new OverfullMessageException();
        }
    }
}
