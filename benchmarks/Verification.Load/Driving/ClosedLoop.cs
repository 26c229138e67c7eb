using System.Diagnostics;
using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>
/// Always the same number of calls open: each answer begins the next one. It finds out how much a server can do; for latencies it is blind,
/// as a server that stands still is asked nothing meanwhile.
/// </summary>
internal static class ClosedLoop
{
    /// <summary>Drives a server for so long, and waits for the last answers.</summary>
    /// <param name="address">The server.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="shape">How many calls at the same time.</param>
    /// <param name="duration">How long calls are begun.</param>
    /// <param name="calls">The most calls.</param>
    public static async Task<Driven> RunAsync(Uri address, IQuestion question, Shape shape, TimeSpan duration, int calls = int.MaxValue)
    {
        using var closing = new CancellationTokenSource();
        var lanes = new List<Lane>();
        var connections = new List<CallConnection>();
        var ends = new List<Task>();
        var next = -1;
        var until = long.MaxValue;
        try
        {
            for (var i = 0; i < shape.Connections; i++)
            {
                var lane = new Lane(question);
                var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                lanes.Add(lane);
                ends.Add(ended.Task);
                connections.Add(await CallConnection.OpenAsync(address, question, shape.Streams, (connection, call) =>
                {
                    lane.Take(call);
                    if (!FillUp(connection) && connection.OpenCalls == 0)
                    {
                        ended.TrySetResult();
                    }
                }));
            }

            var startedAt = Stopwatch.GetTimestamp();
            until = startedAt + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            var readers = connections.Select(connection => connection.ReadAsync(closing.Token)).ToArray();
            foreach (var connection in connections)
            {
                FillUp(connection);
                connection.Flush();
            }

            // A reader that ends first has failed.
            await Task.WhenAny([Task.WhenAll(ends), .. readers]).Unwrap();
            await closing.CancelAsync();
            await Task.WhenAll(readers);
            return Lane.Sum(lanes, lanes.Sum(lane => lane.Answered), startedAt, Driven.NewHistogram());
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }

        // False when no more calls are wanted.
        bool FillUp(CallConnection connection)
        {
            while (Stopwatch.GetTimestamp() < until)
            {
                var index = Interlocked.Increment(ref next);
                if (index >= calls)
                {
                    return false;
                }

                if (!connection.TryBegin(index, Stopwatch.GetTimestamp()))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
