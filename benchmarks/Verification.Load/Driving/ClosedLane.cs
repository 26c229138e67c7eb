using System.Diagnostics;
using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>A connection of a closed loop: as many calls open as may be, until no more are wanted.</summary>
/// <param name="question">What is asked.</param>
/// <param name="takeNext">Gives the next call; null when no more are wanted.</param>
internal sealed class ClosedLane(IQuestion question, Func<int?> takeNext)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();

    // A call that was taken and found no room.
    private int? _held;

    /// <summary>What came of it.</summary>
    public Lane Lane { get; } = new(question);

    /// <summary>Ends with the last answer.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins the first calls.</summary>
    public void Begin(CallConnection connection)
    {
        FillUp(connection);
        connection.Flush();
    }

    /// <summary>Takes an answer, and begins the next call.</summary>
    public void Take(CallConnection connection, Call call)
    {
        Lane.Take(call);
        FillUp(connection);
    }

    private void FillUp(CallConnection connection)
    {
        lock (_gate)
        {
            while ((_held ??= takeNext()) is { } index)
            {
                if (!connection.TryBegin(index, Stopwatch.GetTimestamp()))
                {
                    return;
                }

                _held = null;
            }
        }

        if (connection.OpenCalls == 0)
        {
            _ended.TrySetResult();
        }
    }
}
