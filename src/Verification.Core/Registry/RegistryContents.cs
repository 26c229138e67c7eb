namespace Verification.Core.Registry;

/// <summary>What a registry held when it was opened: by this an operator tells the right one from another.</summary>
/// <param name="Place">Where it is, in words for a person. No secret.</param>
/// <param name="Head">Its id and revision.</param>
/// <param name="Events">How many events it holds; null where damage keeps them from being counted.</param>
/// <param name="LastRecordedAt">When its newest event was recorded; null where there is none.</param>
public sealed record RegistryContents(string Place, RegistryHead Head, long? Events, DateTimeOffset? LastRecordedAt);
