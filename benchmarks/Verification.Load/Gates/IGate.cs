namespace Verification.Load.Gates;

/// <summary>Something whose cost is held to a yardstick's.</summary>
internal interface IGate
{
    /// <summary>Its name in <c>gates.json</c>.</summary>
    string Name { get; }

    /// <summary>The unit of what it measures.</summary>
    string Unit { get; }

    /// <summary>Measures it and its yardstick in turns, many short rounds of each.</summary>
    /// <param name="rounds">How many rounds of each.</param>
    Task<Pairs> MeasureAsync(int rounds);
}
