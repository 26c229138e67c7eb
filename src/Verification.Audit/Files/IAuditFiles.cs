namespace Verification.Audit.Files;

/// <summary>The file operations of the log, so that a test can delay them, fail them and fill the disk.</summary>
/// <exception cref="IOException">Every member throws it when the disk fails or is full.</exception>
public interface IAuditFiles
{
    /// <summary>Makes a file of zeros whose room on the disk is taken, so that no later store can lack it.</summary>
    /// <param name="path">Where; nothing may be there.</param>
    /// <param name="length">Its bytes.</param>
    IAuditFile Create(string path, int length);

    /// <summary>Opens a file, and lengthens it with zeros where it is shorter, as <see cref="Create"/> does.</summary>
    IAuditFile Open(string path, int length);

    /// <summary>Writes a small file whole, replacing what was there; it is on the disk when this returns.</summary>
    void Write(string path, ReadOnlySpan<byte> bytes);

    /// <summary>Deletes a file, if it is there.</summary>
    void Delete(string path);
}
