using System.Diagnostics;
using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>
/// Calls at a fixed rate, whether or not the server keeps up, as callers who do not know of each other make them. Latency counts from the
/// time when a call was to be sent: so a server that stands still is charged for everybody who waits.
/// </summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>Drives a server for so long, and waits for the last answers.</summary>
    /// <param name="address">The server.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="shape">Connections, and the most calls at the same time on each; beyond them calls wait at the client, and that counts.</param>
    /// <param name="rate">Calls a second, on all connections together.</param>
    /// <param name="duration">How long.</param>
    public static async Task<Driven> RunAsync(Uri address, IQuestion question, Shape shape, double rate, TimeSpan duration)
    {
        using var closing = new CancellationTokenSource();
        var lanes = new List<OpenLane>();
        try
        {
            for (var i = 0; i < shape.Connections; i++)
            {
                lanes.Add(await OpenLane.OpenAsync(address, question, shape.Streams));
            }

            var readers = lanes.Select(lane => lane.Connection.ReadAsync(closing.Token)).ToArray();
            var calls = (int)(rate * duration.TotalSeconds);
            var first = Random.Shared.Next(1 << 30);
            var lag = Driven.NewHistogram();
            var startedAt = Stopwatch.GetTimestamp();
            var sender = Task.Factory.StartNew(Send, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Task.WhenAny([sender, .. readers]).Unwrap();
            await Task.WhenAny([Task.WhenAll(lanes.Select(lane => lane.EndAsync(Grace))), .. readers]).Unwrap();
            await closing.CancelAsync();
            await Task.WhenAll(readers);
            return Lane.Sum([.. lanes.Select(lane => lane.Lane)], calls, startedAt, lag);

            void Send()
            {
                Pacer.Begin();
                for (var call = 0; call < calls; call++)
                {
                    var intendedAt = startedAt + (long)(call / rate * Stopwatch.Frequency);
                    Pacer.WaitUntil(intendedAt);
                    lag.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(intendedAt).TotalNanoseconds));
                    lanes[call % lanes.Count].Send(first + call, intendedAt);
                }
            }
        }
        finally
        {
            lanes.ForEach(lane => lane.Connection.Dispose());
        }
    }
}
