using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Verification.Load.Yardsticks;

/// <summary>Logs each call, as gRPC's documentation shows it; at a level that production leaves out, to be fair.</summary>
internal sealed partial class LoggingInterceptor(ILogger<LoggingInterceptor> logger) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        CallBegins(logger, context.Method);
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            CallFailed(logger, exception, context.Method);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Call of {Method} begins.")]
    private static partial void CallBegins(ILogger logger, string method);

    [LoggerMessage(Level = LogLevel.Error, Message = "Call of {Method} failed.")]
    private static partial void CallFailed(ILogger logger, Exception exception, string method);
}
