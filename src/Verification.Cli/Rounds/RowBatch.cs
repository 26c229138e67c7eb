namespace Verification.Cli.Rounds;

/// <summary>Rows that are asked together, less those that are done.</summary>
/// <param name="first">The number of its first row, from 1.</param>
/// <param name="rows">The rows.</param>
internal sealed class RowBatch(long first, ReadOnlyMemory<RoundRow> rows)
{
    /// <summary>The most that the contract allows.</summary>
    public const int Most = 1_000;

    /// <summary>The number of the first row that is not done.</summary>
    public long First { get; private set; } = first;

    /// <summary>The rows that are not done.</summary>
    public ReadOnlyMemory<RoundRow> Rows { get; private set; } = rows;

    /// <summary>Whether the call under way was asked.</summary>
    public bool IsSent { get; set; }

    /// <summary>How many rows are to be asked; not those that are wrong by themselves.</summary>
    public int CountChecks()
    {
        var count = 0;
        foreach (ref readonly var row in Rows.Span)
        {
            if (row.Check is not null)
                count++;
        }
        return count;
    }

    /// <summary>Notes that the first rows are done.</summary>
    public void Drop(int count)
    {
        First += count;
        Rows = Rows[count..];
    }
}
