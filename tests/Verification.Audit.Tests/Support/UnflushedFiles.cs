using Verification.Audit.Files;

namespace Verification.Audit.Tests.Support;

/// <summary>Real files that are never flushed: for runs whose millions of records need not outlive a power cut.</summary>
internal sealed class UnflushedFiles : IAuditFiles
{
    private readonly AuditFiles _files = new();

    public IAuditFile Create(string path, int length) => new UnflushedFile(_files.Create(path, length));

    public IAuditFile Open(string path, int length) => new UnflushedFile(_files.Open(path, length));

    public void Write(string path, ReadOnlySpan<byte> bytes) => _files.Write(path, bytes);

    public void Delete(string path) => _files.Delete(path);

    private sealed class UnflushedFile(IAuditFile file) : IAuditFile
    {
        public Span<byte> Bytes => file.Bytes;

        public void Flush()
        {
            // Not here.
        }

        public void CloseAt(int length) => file.CloseAt(length);

        public void Dispose() => file.Dispose();
    }
}
