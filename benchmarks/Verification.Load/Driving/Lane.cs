using System.Diagnostics;
using HdrHistogram;
using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>One connection of a run, and what its calls came to. Answers come one at a time.</summary>
internal sealed class Lane(IQuestion question)
{
    private static readonly long Longest = (long)TimeSpan.FromMinutes(1).TotalNanoseconds;

    private long _answered;

    /// <summary>Calls answered.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Of these, not as expected.</summary>
    public long Wrong { get; private set; }

    /// <summary>What the first of these says.</summary>
    public string? FirstWrong { get; private set; }

    /// <summary>The bytes of their bodies.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>From the time when they were to be sent to the answer, in nanoseconds.</summary>
    public LongHistogram Latencies { get; } = Driven.NewHistogram();

    /// <summary>When the last answer came.</summary>
    public long LastAt { get; private set; }

    /// <summary>Takes an answer.</summary>
    public void Take(Call call)
    {
        LastAt = Stopwatch.GetTimestamp();
        Latencies.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(call.IntendedAt, LastAt).TotalNanoseconds, 1, Longest));
        BodyBytes += call.BodyLength;
        if (!question.IsRight(call.Index, call.Answer))
        {
            Wrong++;
            FirstWrong ??= call.Answer.Tell();
        }

        Interlocked.Increment(ref _answered);
    }

    /// <summary>What the lanes of a run came to together.</summary>
    public static Driven Sum(IReadOnlyCollection<Lane> lanes, long begun, long startedAt, HistogramBase lag)
    {
        var latencies = Driven.NewHistogram();
        foreach (var lane in lanes)
        {
            latencies.Add(lane.Latencies);
        }

        var answered = lanes.Sum(lane => lane.Answered);
        return new Driven(
            answered,
            lanes.Sum(lane => lane.Wrong),
            begun - answered,
            Stopwatch.GetElapsedTime(startedAt, lanes.Max(lane => lane.LastAt)),
            lanes.Sum(lane => lane.BodyBytes),
            latencies,
            lag)
        {
            FirstWrong = lanes.FirstOrDefault(lane => lane.FirstWrong is not null)?.FirstWrong,
        };
    }
}
