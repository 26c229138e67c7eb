using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>A connection of an open loop: calls that find no room wait in their order, with the time when they were to be sent.</summary>
internal sealed class OpenLane
{
    private readonly Queue<(int Call, long IntendedAt)> _waiting = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource? _ended;
    private long _begun;

    private OpenLane(IQuestion question) => Lane = new Lane(question);

    /// <summary>What came of it.</summary>
    public Lane Lane { get; }

    /// <summary>The connection.</summary>
    public CallConnection Connection { get; private set; } = null!;

    /// <summary>Connects.</summary>
    public static async Task<OpenLane> OpenAsync(Uri address, IQuestion question, int streams)
    {
        var lane = new OpenLane(question);
        lane.Connection = await CallConnection.OpenAsync(address, question, streams, (_, call) => lane.Take(call));
        return lane;
    }

    /// <summary>Sends a call now, or as soon as there is room.</summary>
    public void Send(int call, long intendedAt)
    {
        lock (_gate)
        {
            _begun++;
            _waiting.Enqueue((call, intendedAt));
            BeginWaiting();
        }

        Connection.Flush();
    }

    /// <summary>Waits for the answers to all that was sent, but not for ever.</summary>
    public async Task EndAsync(TimeSpan grace)
    {
        Task ended;
        lock (_gate)
        {
            _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ended = _ended.Task;
            EndIfDone();
        }

        await ended.WaitAsync(grace, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Take(Call call)
    {
        Lane.Take(call);
        lock (_gate)
        {
            BeginWaiting();
            EndIfDone();
        }
    }

    private void BeginWaiting()
    {
        while (_waiting.TryPeek(out var next) && Connection.TryBegin(next.Call, next.IntendedAt))
        {
            _waiting.Dequeue();
        }
    }

    private void EndIfDone()
    {
        if (Lane.Answered == _begun)
        {
            _ended?.TrySetResult();
        }
    }
}
