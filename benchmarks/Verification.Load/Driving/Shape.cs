namespace Verification.Load.Driving;

/// <summary>How many connections, and how many calls at the same time on each.</summary>
/// <param name="Connections">Connections.</param>
/// <param name="Streams">Calls at the same time on each.</param>
internal sealed record Shape(int Connections, int Streams)
{
    /// <summary>Eight by eight.</summary>
    public static Shape Usual { get; } = new(8, 8);

    /// <inheritdoc/>
    public override string ToString() => $"{Connections}×{Streams}";
}
