namespace Verification.Load.Measuring;

/// <summary>Something that makes the service dearer on purpose, to see that a gate notices it. The product has no switch for it.</summary>
internal enum Regression
{
    /// <summary>The service as it ships.</summary>
    None,

    /// <summary>Five microseconds of spinning in every lookup.</summary>
    Spin,

    /// <summary>An exception thrown in every refusal, and caught a few asynchronous calls above.</summary>
    Exception,

    /// <summary>A lock around every lookup.</summary>
    Lock,
}
