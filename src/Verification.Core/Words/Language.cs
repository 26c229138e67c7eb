namespace Verification.Core.Words;

/// <summary>A language that people read here.</summary>
public enum Language : byte
{
    /// <summary>English.</summary>
    English = 1,

    /// <summary>Chinese, in simplified characters.</summary>
    Chinese = 2,
}
