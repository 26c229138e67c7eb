namespace Verification.Server.Tests.Attacks;

/// <summary>Attacks measure latency and memory: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AttacksRunAlone
{
    public const string Name = "Attacks";
}
