namespace Verification.Audit.Storing.Tables;

/// <summary>Every statement of the audit database. Parameters bear the names of the properties that fill them.</summary>
internal abstract class AuditStatements
{
    /// <summary>The logs there are.</summary>
    public abstract string ReadLogs { get; }

    /// <summary>The log with an id.</summary>
    public abstract string FindLog { get; }

    /// <summary>Gives a log a number.</summary>
    public abstract string InsertLog { get; }

    /// <summary>Keeps other copies of the log waiting until the transaction ends.</summary>
    public abstract string LockLog { get; }

    /// <summary>The last run of a log.</summary>
    public abstract string ReadLastRun { get; }

    /// <summary>The last segment of a log that was deleted.</summary>
    public abstract string ReadLastDeleted { get; }

    /// <summary>Stores a run.</summary>
    public abstract string InsertRun { get; }

    /// <summary>The id of the run that begins with a block.</summary>
    public abstract string FindRun { get; }

    /// <summary>Stores the list of a run's permits.</summary>
    public abstract string InsertPermits { get; }

    /// <summary>The runs of a log that may be packed with others yet, without their blocks.</summary>
    public abstract string ReadLoose { get; }

    /// <summary>The run that holds a block, with its blocks.</summary>
    public abstract string ReadRun { get; }

    /// <summary>The list of a run's permits.</summary>
    public abstract string ReadPermits { get; }

    /// <summary>Deletes the lists of runs from a block to another.</summary>
    public abstract string DeletePermitsOf { get; }

    /// <summary>Deletes the runs from a block to another.</summary>
    public abstract string DeleteRuns { get; }

    /// <summary>Says of a segment's runs that they stay as they are.</summary>
    public abstract string FinishSegment { get; }

    /// <summary>How many lists of runs that stay there are, and how many hashes in them.</summary>
    public abstract string CountFinished { get; }

    /// <summary>These lists, the first ones.</summary>
    public abstract string ReadFinished { get; }

    /// <summary>Deletes these lists, up to a run's.</summary>
    public abstract string DeleteFinished { get; }

    /// <summary>Begins a fold.</summary>
    public abstract string InsertFold { get; }

    /// <summary>The newest fold's id.</summary>
    public abstract string ReadNewestFold { get; }

    /// <summary>Stores a row of a fold.</summary>
    public abstract string InsertFoldRow { get; }

    /// <summary>Every list that is in no fold, with where its run stands.</summary>
    public abstract string ReadLists { get; }

    /// <summary>The rows of all folds for a prefix.</summary>
    public abstract string ReadFoldRows { get; }

    /// <summary>Where the runs of a fold stand.</summary>
    public abstract string ReadFold { get; }

    /// <summary>The runs that may hold something of an interval, from a place on, the first ones.</summary>
    public abstract string ReadOverlapping { get; }

    /// <summary>The runs of a segment, without their blocks.</summary>
    public abstract string ReadSegment { get; }

    /// <summary>Segments of any log that hold nothing since an instant, the first ones.</summary>
    public abstract string ReadSegmentsBefore { get; }

    /// <summary>Keeps what stays of a segment that is deleted.</summary>
    public abstract string InsertDeleted { get; }

    /// <summary>What stays of segments that were deleted, from one to another.</summary>
    public abstract string ReadDeleted { get; }

    /// <summary>The folds, the oldest first.</summary>
    public abstract string ReadFolds { get; }

    /// <summary>Deletes a row of a fold.</summary>
    public abstract string DeleteFoldRow { get; }

    /// <summary>Deletes a fold that has no rows any more.</summary>
    public abstract string DeleteFold { get; }

    /// <summary>The run behind another by its first block and its id, with its blocks.</summary>
    public abstract string ReadNextRun { get; }

    /// <summary>A row of a fold.</summary>
    public abstract string ReadFoldRow { get; }

    /// <summary>The lengths of the spans, the shortest first.</summary>
    public abstract string ReadSpans { get; }
}
