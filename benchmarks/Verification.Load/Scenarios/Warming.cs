using Verification.Load.Driving;
using Verification.Load.Questions;
using Verification.Load.Servers;

namespace Verification.Load.Scenarios;

/// <summary>Brings a service into the state that a scenario wants.</summary>
internal static class Warming
{
    /// <summary>Numbers that the small memories are asked about: far more than they hold.</summary>
    public const int ManyNumbers = 20_000;

    private const int Batch = 1_000;
    private const int MostPasses = 10;
    private const double NextToNothing = 0.02;

    private static readonly TimeSpan NoEnd = TimeSpan.FromHours(1);

    /// <summary>
    /// Drives a server until its code is compiled as it stays: until its runtime has next to nothing to compile, some drives in a row. Compiling
    /// anew what is called often takes a server that was just started many seconds, in which a check costs several times what it will. The
    /// last of the drives is where capacity and bytes are taken from.
    /// </summary>
    public static async Task WarmUpAsync(Contender contender, Shape shape, Pace pace, bool isStream)
    {
        var settled = 0;
        for (var drive = 0; drive < pace.MostDrives && settled < pace.SettledDrives; drive++)
        {
            var round = await Rounds.WithOwnClientAsync(contender, shape, pace.WarmUp, isStream);
            settled = round.CompilingShare < NextToNothing ? settled + 1 : 0;
        }
    }

    /// <summary>Asks about every permit once, in batches: memory then holds them all.</summary>
    public static Task FillAsync(Ground ground, ServerProcess service) => FillAsync(ground, service, ground.Count);

    /// <summary>Asks about the first so many permits once.</summary>
    public static async Task FillAsync(Ground ground, ServerProcess service, int count)
    {
        // A busy machine may be too slow for some loads, which the service then says; the next pass asks again.
        for (var pass = 1; ; pass++)
        {
            var driven = await ClosedLoop.RunAsync(
                service.Address, new BatchQuestion(Keys.Vehicle, Batch, count, ground.Vehicle), new Shape(4, 1), NoEnd, count / Batch);
            if (driven.Wrong == 0)
            {
                return;
            }

            if (pass == MostPasses)
            {
                throw new InvalidOperationException($"{driven.Wrong} of {driven.Calls} batches are not answered as expected.");
            }
        }
    }

    /// <summary>Asks until Redis answers nearly all: what the write queue had no room for comes with the next pass.</summary>
    public static async Task FillRedisAsync(Ground ground, ServerProcess service)
    {
        var question = CheckQuestion.AmongFirst(Keys.School, Math.Min(ManyNumbers, ground.Count), ground.School);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var before = await service.ReadAsync();
            await ClosedLoop.RunAsync(service.Address, question, new Shape(1, 8), NoEnd, 40_000);
            var used = await service.ReadAsync() - before;
            if (used.Count("verification.lookups/registry") < used.Lookups / 100)
            {
                return;
            }
        }

        throw new InvalidOperationException("Redis does not fill up.");
    }
}
