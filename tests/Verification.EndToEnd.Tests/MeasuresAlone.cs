namespace Verification.EndToEnd.Tests;

/// <summary>Tests that measure latency: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuresAlone
{
    public const string Name = "Measures";
}
