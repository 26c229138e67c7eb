namespace Verification.Server.Limits;

/// <summary>How much one message may hold, as the contract says.</summary>
internal static class MessageBounds
{
    /// <summary>The most checks of a batch.</summary>
    public const int MaxChecks = 1_000;
}
