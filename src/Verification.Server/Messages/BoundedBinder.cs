using System.Buffers;
using System.Collections.Frozen;
using Google.Protobuf;
using Grpc.Core;
using Verification.Server.Errors;

namespace Verification.Server.Messages;

/// <summary>Binds the calls of a service so that no message is parsed that holds more than its type has.</summary>
/// <param name="inner">Binds the calls.</param>
/// <param name="readers">How to read the messages of some types; of the others, one that holds too much is refused whole.</param>
internal sealed class BoundedBinder(ServiceBinderBase inner, FrozenDictionary<Type, Func<ReadOnlySequence<byte>, IMessage>> readers)
    : ServiceBinderBase
{
    // So few bytes cannot hold enough to matter: the usual check is spared the count.
    private const int Harmless = 1024;

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        inner.AddMethod(Bounded(method), handler);

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        inner.AddMethod(Bounded(method), handler);

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        inner.AddMethod(Bounded(method), handler);

    private Method<TRequest, TResponse> Bounded<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        var parse = method.RequestMarshaller.ContextualDeserializer;
        var read = readers.GetValueOrDefault(typeof(TRequest));
        var plan = MessagePlan.Of(((IMessage)Activator.CreateInstance<TRequest>()).Descriptor);
        var bounded = new Marshaller<TRequest>(method.RequestMarshaller.ContextualSerializer, Read);
        return new Method<TRequest, TResponse>(method.Type, method.ServiceName, method.Name, bounded, method.ResponseMarshaller);

        TRequest Read(DeserializationContext context)
        {
            if (context.PayloadLength <= Harmless)
            {
                return parse(context);
            }

            var message = context.PayloadAsReadOnlySequence();
            return read is not null ? (TRequest)read(message)
                : plan.Fits(message) ? parse(context)
                : throw new OverfullMessageException();
        }
    }
}
