namespace Verification.Audit.Storing.Rows;

/// <summary>Where a run of blocks stands.</summary>
internal sealed record RunPlace
{
    /// <summary>The log's number.</summary>
    public int Log { get; init; }

    /// <summary>The first block.</summary>
    public long FirstBlock { get; init; }

    /// <summary>The last block.</summary>
    public long LastBlock { get; init; }

    /// <summary>Whether it has anything behind a place.</summary>
    public bool IsBehind(RecordPlace? after) =>
        after is not { } place || Log > place.Log || (Log == place.Log && LastBlock >= place.Block);
}
