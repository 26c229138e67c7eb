using System.Buffers;
using System.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.Batches;

/// <summary>The calls that carry many checks, so that gRPC reads and writes them without a message for each check.</summary>
internal sealed class BatchMethods : IServiceMethodProvider<VerificationRpc>
{
    // The transcoder looks for a public method by its name alone, and ends where there are two.
    private const BindingFlags NotPublic = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly Method<BatchMessage, BatchAnswer> Batch = new(
        MethodType.Unary,
        Contract.VerificationService.Descriptor.FullName,
        nameof(VerificationRpc.BatchVerifyPermits),
        new(Unwritten, context => BatchMessage.Read(context.PayloadAsReadOnlySequence())),
        new(Write, Unread<BatchAnswer>));

    private static readonly Method<StreamMessage, StreamAnswer> Stream = new(
        MethodType.DuplexStreaming,
        Contract.VerificationService.Descriptor.FullName,
        nameof(VerificationRpc.StreamVerifyPermits),
        new(Unwritten, context => StreamMessage.Read(context.PayloadAsReadOnlySequence())),
        new(Write, Unread<StreamAnswer>));

    /// <summary>Whether a method of the contract is one of them.</summary>
    public static bool Has(IMethod method) => method.FullName == Batch.FullName || method.FullName == Stream.FullName;

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<VerificationRpc> context)
    {
        context.AddUnaryMethod(Batch, MarksOf(Batch, typeof(BatchMessage)), static (rpc, batch, call) => rpc.BatchVerifyPermits(batch, call));
        context.AddDuplexStreamingMethod(
            Stream,
            MarksOf(Stream, typeof(IAsyncStreamReader<StreamMessage>), typeof(IServerStreamWriter<StreamAnswer>)),
            static (rpc, messages, answers, call) => rpc.StreamVerifyPermits(messages, answers, call));
    }

    /// <summary>The attributes of the method that answers, and that it is called by POST: as the framework's own binder has them.</summary>
    private static List<object> MarksOf(IMethod method, params Type[] parameters) =>
    [
        .. typeof(VerificationRpc).GetCustomAttributes(inherit: true),
        .. typeof(VerificationRpc).GetMethod(method.Name, NotPublic, [.. parameters, typeof(ServerCallContext)])!.GetCustomAttributes(inherit: true),
        new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true),
    ];

    private static void Write(BatchAnswer answer, SerializationContext context)
    {
        using (answer)
        {
            context.SetPayloadLength(answer.Length);
            context.GetBufferWriter().Write(answer.Written);
            context.Complete();
        }
    }

    private static void Write(StreamAnswer answer, SerializationContext context)
    {
        using (answer)
        {
            answer.WriteTo(context);
        }
    }

    private static void Unwritten<T>(T message, SerializationContext context) => throw new NotSupportedException("A server writes no requests.");

    private static T Unread<T>(DeserializationContext context) => throw new NotSupportedException("A server reads no answers.");
}
