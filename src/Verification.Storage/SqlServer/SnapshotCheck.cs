namespace Verification.Storage.SqlServer;

/// <summary>How a node makes sure, at its start, that every statement reads from one snapshot.</summary>
public enum SnapshotCheck
{
    /// <summary>READ_COMMITTED_SNAPSHOT must be on in the database. For SQL Server, and for every server that says so.</summary>
    Setting,

    /// <summary>
    /// A read beside an uncommitted write must be answered at once with what was committed. For a server that reads from snapshots but
    /// does not report the setting.
    /// </summary>
    Trial,
}
