namespace Verification.Microbenchmarks;

/// <summary>The system's clock on another day: it costs as much to read, and what is measured does not change with the date.</summary>
internal sealed class SameDayClock : TimeProvider
{
    private readonly TimeSpan _back = Samples.Noon - System.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _back;
}
