namespace Verification.Core.Lookup;

/// <summary>Which tier an answer came from.</summary>
public enum LookupSource
{
    /// <summary>This node's memory.</summary>
    Memory = 1,

    /// <summary>The Redis that the nodes share.</summary>
    Redis,

    /// <summary>The system of record.</summary>
    Registry,
}
