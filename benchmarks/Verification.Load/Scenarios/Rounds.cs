using System.Diagnostics;
using Verification.Load.Driving;
using Verification.Load.Measuring;

namespace Verification.Load.Scenarios;

/// <summary>Drives one server for one round.</summary>
internal static class Rounds
{
    // What the instant in an answer may take more or less, for a check.
    private const double BytesToAndFro = 5;

    /// <summary>Drives with the own client, which looks at every answer, and learns from it how much the server does.</summary>
    public static async Task<Round> WithOwnClientAsync(
        Contender contender, Shape shape, TimeSpan duration, bool isStream, int calls = int.MaxValue)
    {
        Driven? driven = null;
        var round = await MeasureAsync(contender, Environment.ProcessorCount, async () =>
        {
            driven = isStream
                ? await StreamLoop.RunAsync(contender.Server.Address, contender.Question, shape, duration)
                : await ClosedLoop.RunAsync(contender.Server.Address, contender.Question, shape, duration, calls);
            var flaw = driven.Wrong > 0 ? $"{driven.Wrong} of {driven.Calls} answers are wrong{(driven.FirstWrong is { } first ? $", the first: {first}" : string.Empty)}" : driven.Missing > 0 ? $"{driven.Missing} answers are missing" : null;
            return (driven.Calls, driven.Elapsed, flaw);
        });
        contender.CallsPerSecond = driven!.Calls / driven.Elapsed.TotalSeconds;

        // Bytes of wrong answers are no measure: against them no round of h2load counts.
        contender.BodyBytes = driven.Wrong > 0 ? double.NaN : (double)driven.BodyBytes / driven.Calls;
        return round;
    }

    /// <summary>Drives with h2load. The round counts where calls, status codes, bytes and the server's own counters agree.</summary>
    public static Task<Round> WithH2LoadAsync(Contender contender, Shape shape, TimeSpan duration) => MeasureAsync(contender, 1, async () =>
    {
        var clients = shape.Connections * shape.Streams;
        var calls = Math.Max(clients, (int)(contender.CallsPerSecond * duration.TotalSeconds));
        var result = await H2Load.RunAsync(contender.Server.Address, contender.Question, shape, calls);
        contender.CallsPerSecond = calls / result.Elapsed.TotalSeconds;
        var bytes = (double)result.BodyBytes / calls;
        var flaw = result.Succeeded != calls || result.Ok != calls ? $"h2load counted {result.Succeeded} of {calls} calls"
            : !(Math.Abs(bytes - contender.BodyBytes) <= BytesToAndFro * contender.Question.Checks)
                ? $"an answer had {bytes:F1} bytes instead of {contender.BodyBytes:F1}"
            : null;
        return (calls, result.Elapsed, flaw);
    });

    private static async Task<Round> MeasureAsync(
        Contender contender, int threads, Func<Task<(long Calls, TimeSpan Elapsed, string? Flaw)>> driveAsync)
    {
        var before = await contender.Server.ReadAsync();
        var (system, generator, startedAt) = (contender.Server.SystemCpu, GeneratorCpu, Stopwatch.GetTimestamp());
        var (calls, elapsed, flaw) = await driveAsync();
        var wall = Stopwatch.GetElapsedTime(startedAt);
        var (systemUsed, generatorUsed) = (contender.Server.SystemCpu - system, GeneratorCpu - generator);
        var used = await contender.Server.ReadAsync() - before;
        var checks = calls * contender.Question.Checks;
        return new Round(
            checks,
            checks / elapsed.TotalSeconds,
            used.CpuMicroseconds / checks,
            systemUsed.TotalMicroseconds / checks,
            (double)used.AllocatedBytes / checks,
            used.CpuMicroseconds / wall.TotalMicroseconds,
            generatorUsed.TotalMicroseconds / wall.TotalMicroseconds,
            flaw ?? contender.FlawIn(used, calls))
        {
            GeneratorThreads = threads,
            CompilingShare = used.CompilingMicroseconds / used.CpuMicroseconds,
        };
    }

    private static TimeSpan GeneratorCpu => Environment.CpuUsage.TotalTime + ChildTime.Total;
}
