using Verification.Audit.Storing.Rows;

namespace Verification.Audit.Storing.Tables;

/// <summary>A row of <c>audit_permits</c>: the list of a run that is in no fold, with where the run stands.</summary>
internal sealed record ListRow
{
    /// <summary>The run.</summary>
    public long Run { get; init; }

    /// <summary>The log's number.</summary>
    public int Log { get; init; }

    /// <summary>The run's first block.</summary>
    public long FirstBlock { get; init; }

    /// <summary>The run's last block.</summary>
    public long LastBlock { get; init; }

    /// <summary>The list.</summary>
    public byte[] Hashes { get; init; } = [];

    /// <summary>Where the run stands.</summary>
    public RunPlace Place => new() { Log = Log, FirstBlock = FirstBlock, LastBlock = LastBlock };
}
