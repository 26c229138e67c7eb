namespace Verification.Core.Permits;

/// <summary>Who wants to benefit from a permit (policy §8).</summary>
public enum SubjectRole : byte
{
    /// <summary>The holder 持证人.</summary>
    Holder = 1,

    /// <summary>Accompanying spouse 随往配偶.</summary>
    Spouse = 2,

    /// <summary>Accompanying child 随往子女.</summary>
    Child = 3,

    /// <summary>Accompanying parent 随往父母.</summary>
    Parent = 4,
}
