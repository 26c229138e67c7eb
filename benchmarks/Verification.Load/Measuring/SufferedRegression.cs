using System.Diagnostics;

namespace Verification.Load.Measuring;

/// <summary>The regression that a measured server suffers: inside its own calls, where it counts what it does.</summary>
internal static class SufferedRegression
{
    /// <summary>The environment variable that names it; unset where a server is measured as it ships.</summary>
    public const string Variable = "VERIFICATION_LOAD_REGRESSION";

    private static readonly TimeSpan Spin = TimeSpan.FromMicroseconds(5);

    // Between where a check is refused and where the refusal is written.
    private const int Calls = 4;

    private static readonly Regression Kind =
        Enum.TryParse<Regression>(Environment.GetEnvironmentVariable(Variable), out var kind) ? kind : Regression.None;

    /// <summary>Makes the call dearer that has just counted something with an instrument.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="count">What was counted: a batch counts its checks at once, and suffers for each.</param>
    public static void Suffer(string instrument, long count)
    {
        switch (Kind, instrument)
        {
            case (Regression.Spin, "verification.lookups"):
                for (var startedAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(startedAt) < count * Spin;)
                {
                }

                break;
            case (Regression.Exception, "verification.refusals"):
                try
                {
                    ThrowThroughAsync(Calls).GetAwaiter().GetResult();
                }
                catch (InvalidOperationException)
                {
                    // That was it.
                }

                break;
        }
    }

    private static async Task ThrowThroughAsync(int calls)
    {
        if (calls == 0)
        {
            throw new InvalidOperationException("Thrown for nothing.");
        }

        await ThrowThroughAsync(calls - 1);
    }
}
