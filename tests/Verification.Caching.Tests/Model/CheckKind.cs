namespace Verification.Caching.Tests.Model;

/// <summary>How a check is asked.</summary>
internal enum CheckKind
{
    Default,
    MaxStaleness,
    AtLeastRevision,
    FullyConsistent,
    KnownAt,

    /// <summary>As known at the revision of an earlier answer on the same number: it must say the same.</summary>
    Repeated,
}
