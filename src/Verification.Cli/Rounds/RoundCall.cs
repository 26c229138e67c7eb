using Grpc.Core;
using Permits.Verification.V1;

namespace Verification.Cli.Rounds;

/// <summary>
/// One call of a round: batches go out ahead while answers come in, in order. Nothing here runs beside anything else but the call's own
/// reading and writing, so that neither side waits for the other.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="backlog">What is to be asked; none of it was sent on this call.</param>
/// <param name="requestOf">Makes the message of a batch.</param>
/// <param name="take">Takes the answers to the batch at the head, and drops it.</param>
internal sealed class RoundCall(
    VerificationService.VerificationServiceClient service, Backlog backlog, Func<RowBatch, StreamVerifyPermitsRequest> requestOf,
    Action<IReadOnlyList<BatchItem>> take)
{
    private Task _writing = Task.CompletedTask;
    private Task<bool>? _reading;

    /// <summary>How many batches may be under way.</summary>
    public required Func<int> Width { get; init; }

    /// <summary>Asks until nothing is left.</summary>
    /// <exception cref="RpcException">The call broke, or something was refused.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = service.StreamVerifyPermits(cancellationToken: stop.Token);
        try
        {
            while (backlog.Fill(Width()))
            {
                if (backlog.Head.CountChecks() == 0)
                    take([]);
                else if (_writing.IsCompletedSuccessfully && backlog.Unsent is { } next)
                    Send(call, next, stop.Token);
                else
                    await ReceiveAsync(call);
            }
            // An answer may be here before the write of its batch is known to have ended.
            await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await call.RequestStream.CompleteAsync();
            // Everything is answered: how the call ends tells nothing more.
            if (_reading is not null)
                await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await stop.CancelAsync();
            await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_reading is not null)
                await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Send(AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse> call, RowBatch batch, CancellationToken stop)
    {
        batch.IsSent = true;
        _writing = call.RequestStream.WriteAsync(requestOf(batch), stop);
    }

    /// <summary>Waits for the answer to the head; or only until more can be sent.</summary>
    private async Task ReceiveAsync(AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse> call)
    {
        // The call's own token ends it; what broke a write is told by the read.
        _reading ??= call.ResponseStream.MoveNext(CancellationToken.None);
        if (!_writing.IsCompleted && await Task.WhenAny(_reading, _writing) == _writing)
            return;
        if (!await _reading)
            throw new RpcException(new Status(StatusCode.Unavailable, Say("The service ended the call before it answered everything.", "服务在全部答复之前结束了调用。")));
        var answer = call.ResponseStream.Current;
        // The next one is read while this one is written.
        _reading = call.ResponseStream.MoveNext(CancellationToken.None);
        if (answer.Error is not null)
            throw answer.Error.ToRpcException();
        if (answer.Sequence != backlog.Head.First || answer.Response?.Items.Count != backlog.Head.CountChecks())
            throw new RoundException(Say("the service answered another batch than it was sent", "服务答复的批量与发送的不同"));
        take(answer.Response.Items);
    }
}
