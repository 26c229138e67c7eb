namespace Verification.Audit.Files;

/// <summary>A file that is written by storing into memory. What is stored outlives the process at once, and the machine once it is flushed.</summary>
public interface IAuditFile : IDisposable
{
    /// <summary>Its bytes; zero where nothing was stored. Not to be used once the file is closed.</summary>
    Span<byte> Bytes { get; }

    /// <summary>Returns when everything stored before is on the disk. Blocks.</summary>
    /// <exception cref="IOException">It could not be told that it is. The same call may be made again.</exception>
    void Flush();

    /// <summary>Flushes, ends the file at a length, and closes it.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    void CloseAt(int length);
}
