namespace Verification.Core.Lookup;

/// <summary>A revision was asked for that the registry has not reached, or that was lost when a backup was restored.</summary>
public sealed class RevisionUnknownException : Exception
{
    /// <summary>For a revision beyond the last one, or one that a restore left out.</summary>
    public RevisionUnknownException(long asked, long known)
        : base($"Revision {asked} is unknown; the registry stands at {known}.")
    {
        Asked = asked;
        Known = known;
    }

    /// <summary>The revision asked for.</summary>
    public long Asked { get; }

    /// <summary>The registry's last revision.</summary>
    public long Known { get; }
}
