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
        var lanes = new List<ClosedLane>();
        var connections = new List<CallConnection>();
        var next = -1;

        // Each run begins elsewhere, or what the last one left in a small memory would answer the same numbers again.
        var first = Random.Shared.Next(1 << 30);
        var until = long.MaxValue;
        try
        {
            for (var i = 0; i < shape.Connections; i++)
            {
                var lane = new ClosedLane(question, TakeNext);
                lanes.Add(lane);
                connections.Add(await CallConnection.OpenAsync(address, question, shape.Streams, lane.Take));
            }

            var startedAt = Stopwatch.GetTimestamp();
            until = startedAt + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            var readers = connections.Select(connection => connection.ReadAsync(closing.Token)).ToArray();
            foreach (var (lane, connection) in lanes.Zip(connections))
            {
                lane.Begin(connection);
            }

            // A reader that ends first has failed.
            await Task.WhenAny([Task.WhenAll(lanes.Select(lane => lane.Ended)), .. readers]).Unwrap();
            await closing.CancelAsync();
            await Task.WhenAll(readers);
            return Lane.Sum([.. lanes.Select(lane => lane.Lane)], lanes.Sum(lane => lane.Lane.Answered), startedAt, Driven.NewHistogram());
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }

        // Null when no more calls are wanted.
        int? TakeNext() =>
            Stopwatch.GetTimestamp() < until && Interlocked.Increment(ref next) is var index && index < calls ? first + index : null;
    }
}
