using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace Verification.Server.Checks.Batches;

/// <summary>
/// Leaves the calls that carry many checks to <see cref="BatchMethods"/> where gRPC itself binds. Whoever else binds calls, as for JSON, gets
/// them by their messages.
/// </summary>
/// <param name="inner">Binds the calls.</param>
internal sealed class BatchBinding(ServiceBinderBase inner) : ServiceBinderBase
{
    /// <summary>What binds in place of a binder.</summary>
    public static ServiceBinderBase Around(ServiceBinderBase binder) =>
        binder.GetType().Assembly == typeof(GrpcServiceOptions).Assembly ? new BatchBinding(binder) : binder;

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        if (!BatchMethods.Has(method))
        {
            inner.AddMethod(method, handler);
        }
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        if (!BatchMethods.Has(method))
        {
            inner.AddMethod(method, handler);
        }
    }
}
