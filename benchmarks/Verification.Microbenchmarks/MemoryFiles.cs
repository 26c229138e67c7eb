using System.Collections.Concurrent;
using Verification.Audit.Files;

namespace Verification.Microbenchmarks;

/// <summary>The audit log's files in memory: a step is measured, and not this machine's disk, which could not keep up with a loop of nothing but it.</summary>
internal sealed class MemoryFiles : IAuditFiles
{
    private readonly ConcurrentBag<byte[]> _unused = [];

    /// <inheritdoc/>
    public IAuditFile Create(string path, int length)
    {
        if (!_unused.TryTake(out var bytes))
        {
            return new MemoryFile(this, new byte[length]);
        }

        Array.Clear(bytes);
        return new MemoryFile(this, bytes);
    }

    /// <inheritdoc/>
    public IAuditFile Open(string path, int length) => throw new NotSupportedException("A new log has nothing to open.");

    /// <inheritdoc/>
    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
    }

    private sealed class MemoryFile(MemoryFiles files, byte[] bytes) : IAuditFile
    {
        private byte[]? _bytes = bytes;

        public Span<byte> Bytes => _bytes;

        public void Flush()
        {
        }

        public void CloseAt(int length) => Dispose();

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, null) is { } closed)
            {
                files._unused.Add(closed);
            }
        }
    }
}
