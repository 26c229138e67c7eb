namespace Verification.Caching.Tests.Model;

/// <summary>What one writer committed to a real registry, and by when.</summary>
internal sealed class CommitLog
{
    private readonly Lock _lock = new();
    private readonly List<(long Revision, DateTimeOffset By)> _commits = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _commits.Count;
            }
        }
    }

    /// <summary>The last revision; 0 before the first commit.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
            {
                return _commits.Count == 0 ? 0 : _commits[^1].Revision;
            }
        }
    }

    public void Add(long revision)
    {
        lock (_lock)
        {
            _commits.Add((revision, TimeProvider.System.GetUtcNow()));
        }
    }

    /// <summary>Any revision so far; 0 before the first commit.</summary>
    public long Any()
    {
        lock (_lock)
        {
            return _commits.Count == 0 ? 0 : _commits[Random.Shared.Next(_commits.Count)].Revision;
        }
    }

    /// <summary>By when the first commit after a revision was made.</summary>
    public DateTimeOffset NextBy(long revision)
    {
        lock (_lock)
        {
            var at = _commits.BinarySearch((revision, DateTimeOffset.MaxValue));
            return ~at < _commits.Count ? _commits[~at].By : DateTimeOffset.MaxValue;
        }
    }
}
