namespace Verification.Server.Tests.Faults;

/// <summary>These measure time: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultsRunAlone
{
    public const string Name = "Faults";
}
