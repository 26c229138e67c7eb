using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Verification.Audit.Storing;
using Verification.Core.Lookup;
using Verification.Core.Registry;
using Verification.Server.Telemetry;

namespace Verification.Server.Errors;

/// <summary>
/// Answers what calls throw with errors of the contract. What it does not know is a fault of the server's own: logged once, and
/// nothing of it told to the caller.
/// </summary>
internal sealed class ErrorInterceptor(
    IUnreadMessages unread,
    Refusals refusals,
    LogPace pace,
    IHostApplicationLifetime lifetime,
    TimeProvider timeProvider,
    ILogger<ErrorInterceptor> logger)
    : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (RpcException error) when (IsPassedOn(error, context, request as IMessage))
        {
            throw;
        }
        catch (Exception cause) when (cause is not RpcException)
        {
            throw Noted(ErrorFor(cause, context), context, request as IMessage);
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (RpcException error) when (IsPassedOn(error, context, request as IMessage))
        {
            throw;
        }
        catch (Exception cause) when (cause is not RpcException)
        {
            throw Noted(ErrorFor(cause, context), context, request as IMessage);
        }
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception cause) when (UnreadErrors.Of(cause) is { } refusal)
        {
            unread.Refused(context.GetHttpContext());
            throw Noted(refusal.ToRpcException(), context);
        }
        catch (RpcException error) when (IsPassedOn(error, context))
        {
            throw;
        }
        catch (Exception cause) when (cause is not RpcException)
        {
            throw Noted(ErrorFor(cause, context), context);
        }
    }

    /// <summary>Takes note of an error of the contract in passing: never true, so that it is not thrown a second time.</summary>
    private bool IsPassedOn(RpcException error, ServerCallContext context, IMessage? message = null)
    {
        Noted(error, context, message);
        return false;
    }

    private RpcException Noted(RpcException error, ServerCallContext context, IMessage? message = null)
    {
        var http = context.GetHttpContext();
        refusals.Note(Refusal.Of(http, message), error);
        CallerLanguage.Fit(error, http);
        http.Features.Get<CallOutcome>()?.Error = error.GetRpcStatus();
        RetryPushback.AddTo(error);
        return error;
    }

    private RpcException ErrorFor(Exception cause, ServerCallContext context)
    {
        if (context.CancellationToken.IsCancellationRequested)
        {
            return context.Deadline <= timeProvider.GetUtcNow().UtcDateTime ? RpcErrors.DeadlineExceeded() : RpcErrors.Cancelled();
        }

        switch (cause)
        {
            case OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested:
                return RpcErrors.ShuttingDown();
            case IOException:
                // The caller's connection broke; its token may tell so only a moment later.
                Log.ConnectionBroke(logger, context.Method, cause);
                return RpcErrors.Cancelled();
            case RegistryEmptyException:
                return RpcErrors.RegistryEmpty();
            case RegistryReplacedException:
                Log.RegistryReplaced(logger, context.Method, cause.Message);
                return RpcErrors.RegistryReplaced();
            case RegistryDamagedException:
                // Told where it was met, by the permit's digest.
                return RpcErrors.RegistryUnavailable();
            case RegistryUnavailableException:
                if (pace.TryTake(nameof(Log.RegistryUnavailable), context.Method, out var before))
                {
                    Log.RegistryUnavailable(logger, context.Method, cause.Message, before);
                }

                return RpcErrors.RegistryUnavailable();
            case AuditDatabaseException:
                if (pace.TryTake(nameof(Log.AuditDatabaseUnavailable), context.Method, out var unread))
                {
                    Log.AuditDatabaseUnavailable(logger, context.Method, cause.Message, unread);
                }

                return RpcErrors.AuditBehind();
            case StaleException stale:
                return RpcErrors.RegistryStale(stale.Age);
            case RevisionUnknownException unknown:
                return RpcErrors.RevisionUnknown(unknown.Asked, unknown.Known);
            case ImportConflictException:
                return RpcErrors.ImportInProgress();
            default:
                Log.CallFailed(logger, context.Method, cause);
                return RpcErrors.ServerFault().ToRpcException();
        }
    }
}
