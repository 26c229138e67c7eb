namespace Verification.Audit.Storing.Tables;

/// <summary>A row of <c>audit_log</c>.</summary>
internal sealed record LogRow
{
    /// <summary>The log's number, from 1.</summary>
    public int Log { get; init; }

    /// <summary>Its id, in the order of its digits.</summary>
    public byte[] LogId { get; init; } = [];

    /// <summary>Its id.</summary>
    public Guid Id => new(LogId, bigEndian: true);
}
