using Microsoft.Data.Sqlite;

namespace Verification.Storage.Tests.Sqlite;

/// <summary>
/// A registry's file that does not answer, until disposed of. A transaction holds the lock of writers, which they wait for; and the
/// index of the log is unreadable, which SQLite repairs under that same lock, so readers wait too: ten seconds, then they fail.
/// </summary>
internal sealed class FrozenFile : IDisposable
{
    // Both copies of the index's header.
    private const int HeaderSize = 96;

    private readonly SqliteConnection _holder;
    private readonly SqliteTransaction _lock;
    private readonly string _indexPath;
    private readonly byte[] _header = new byte[HeaderSize];

    public FrozenFile(string databasePath)
    {
        _indexPath = databasePath + "-shm";
        _holder = new SqliteConnection($"Data Source={databasePath};Pooling=False");
        _holder.Open();
        _lock = _holder.BeginTransaction(deferred: false);
        using var index = OpenIndex();
        index.ReadExactly(_header);
        index.Position = 0;
        index.Write(new byte[HeaderSize]);
    }

    public void Dispose()
    {
        using (var index = OpenIndex())
        {
            index.Write(_header);
        }

        _lock.Dispose();
        _holder.Dispose();
    }

    private FileStream OpenIndex() => new(_indexPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
}
