namespace Verification.Server.Registration.Import;

/// <summary>
/// How many lines to store at once: as many as the store takes in <see cref="Target"/>, so that other writers do not wait long. The
/// reader of an import asks while its writer tells.
/// </summary>
internal sealed class BatchSize
{
    /// <summary>The fewest lines.</summary>
    public const int Min = 500;

    /// <summary>The most lines.</summary>
    public const int Max = 10_000;

    private const int Start = 2_000;

    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(150);

    private int _lines = Start;

    /// <summary>Lines of the next batch.</summary>
    public int Lines => Volatile.Read(ref _lines);

    /// <summary>Learns how long a batch took. The size at most doubles, as a small batch says little.</summary>
    public void Observe(long lines, TimeSpan elapsed)
    {
        if (lines == 0)
        {
            return;
        }

        var fitting = elapsed <= TimeSpan.Zero ? Max : Target / elapsed * lines;
        Volatile.Write(ref _lines, (int)Math.Clamp(fitting, Min, Math.Min(Max, Lines * 2L)));
    }
}
