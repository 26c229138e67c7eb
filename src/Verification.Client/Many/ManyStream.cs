using Grpc.Core;
using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>
/// One stream of batches. Sending and receiving are both under way at once, so that neither side waits for the other; everything else is
/// done by one caller, step by step.
/// </summary>
internal sealed class ManyStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse> _call;
    private readonly Queue<(long Sequence, int Count)> _underWay = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan? _patience;
    private Task _writing = Task.CompletedTask;
    private Task<bool>? _reading;
    private CancellationTokenSource? _limit;

    /// <summary>Opens it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">The longest wait for the answer to a batch; null means without end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ManyStream(
        VerificationService.VerificationServiceClient service, TimeProvider time, TimeSpan? patience, CancellationToken cancellationToken)
    {
        (_time, _patience) = (time, patience);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _call = service.StreamVerifyPermits(cancellationToken: _stop.Token);
    }

    /// <summary>How many checks were sent and not answered.</summary>
    public int Unanswered { get; private set; }

    /// <summary>How many batches they are.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>Whether a batch can be sent at once.</summary>
    public bool CanSend => _writing.IsCompletedSuccessfully;

    /// <summary>Sends a batch.</summary>
    public void Send(StreamVerifyPermitsRequest batch)
    {
        _underWay.Enqueue((batch.Sequence, batch.Batch.Checks.Count));
        Unanswered += batch.Batch.Checks.Count;
        _writing = _call.RequestStream.WriteAsync(batch, _stop.Token);
        _ = Read();
    }

    /// <summary>Waits until a batch can be sent, an answer has come, or something else has happened.</summary>
    /// <param name="other">Something else; null where there is nothing.</param>
    public async Task WaitAsync(Task? other)
    {
        var waits = new List<Task>(3);
        if (other is not null)
            waits.Add(other);
        if (_reading is not null)
            waits.Add(_reading);
        if (!_writing.IsCompleted)
            waits.Add(_writing);
        await Task.WhenAny(waits.Count > 0 ? waits : throw Broken("The stream broke, though everything sent was answered."));
    }

    /// <summary>Takes the answer to the oldest batch; null where it has not come.</summary>
    /// <exception cref="RpcException">The stream broke, or was refused.</exception>
    /// <exception cref="PermitVerificationException">The answer is for something else.</exception>
    public async Task<IReadOnlyList<BatchItem>?> TryReceiveAsync()
    {
        if (_underWay.Count == 0 || _reading is not { IsCompleted: true } reading)
            return null;
        var isThere = await ReadAsync(reading);
        var answer = isThere ? _call.ResponseStream.Current : throw Broken("The service ended the stream before it had answered everything.");
        var (sequence, count) = _underWay.Dequeue();
        if (answer.Sequence != sequence)
            throw AnswerCheck.Broken("it is for another batch");
        if (answer.Error is not null)
            throw answer.Error.ToRpcException();
        if (answer.Response?.Items.Count != count)
            throw AnswerCheck.Broken("it has more or fewer answers than there were checks");
        Unanswered -= count;
        _reading = null;
        if (_underWay.Count > 0)
            _ = Read();
        return answer.Response.Items;
    }

    /// <summary>Ends it as a caller does who has everything: how it ends then tells nothing more.</summary>
    public async Task CompleteAsync()
    {
        // An answer may be here before its question's writing has returned, and nothing completes under it.
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _call.RequestStream.CompleteAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task)Read()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_reading is not null)
            await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _limit?.Dispose();
        _stop.Dispose();
    }

    private static RpcException Broken(string message) => new(new Status(StatusCode.Unavailable, message));

    private Task<bool> Read()
    {
        if (_reading is not null)
            return _reading;
        _limit?.Dispose();
        _limit = _patience is { } patience ? new CancellationTokenSource(patience, _time) : new CancellationTokenSource();
        return _reading = _call.ResponseStream.MoveNext(_limit.Token);
    }

    private async Task<bool> ReadAsync(Task<bool> reading)
    {
        try
        {
            return await reading;
        }
        catch (RpcException) when (_limit is { IsCancellationRequested: true } && !_stop.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "The service did not answer a batch in time."));
        }
    }
}
