namespace Verification.Cli.Rounds;

/// <summary>The batches that are read and not done, in order. What a broken call leaves behind is sent again by the next one.</summary>
internal sealed class Backlog(CheckReader reader)
{
    private readonly Queue<RowBatch> _batches = new();
    private bool _isRead;

    /// <summary>The batch to be done next.</summary>
    public RowBatch Head => _batches.Peek();

    /// <summary>The first batch to send; null when all that have checks are sent.</summary>
    public RowBatch? Unsent => _batches.FirstOrDefault(batch => !batch.IsSent && batch.CountChecks() > 0);

    /// <summary>Reads on until there are so many batches.</summary>
    /// <returns>Whether there is anything to do.</returns>
    public bool Fill(int batches)
    {
        while (!_isRead && _batches.Count < batches)
        {
            if (reader.Read() is { } batch)
                _batches.Enqueue(batch);
            else
                _isRead = true;
        }
        return _batches.Count > 0;
    }

    /// <summary>The head is done.</summary>
    public void DropHead() => _batches.Dequeue();

    /// <summary>A new call begins, which was asked nothing yet.</summary>
    public void Rewind()
    {
        foreach (var batch in _batches)
            batch.IsSent = false;
    }
}
