namespace Verification.Caching.Tests;

/// <summary>Tests that measure time: they do not run beside others.</summary>
[CollectionDefinition(nameof(Measured), DisableParallelization = true)]
public sealed class Measured;
