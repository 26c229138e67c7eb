using Verification.Audit.Files;

namespace Verification.Audit.Tests.Files;

/// <summary>The real files, on a real disk.</summary>
public sealed class AuditFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-files-").FullName;
    private readonly AuditFiles _files = new();

    private string Path => System.IO.Path.Combine(_folder, "file");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Create_NewFile_IsZeroAndItsRoomIsTaken()
    {
        using var file = _files.Create(Path, 1 << 20);

        Assert.Equal(1 << 20, file.Bytes.Length);
        Assert.False(file.Bytes.ContainsAnyExcept((byte)0));
        Assert.Equal(1 << 20, new FileInfo(Path).Length);
        Assert.Throws<IOException>(() => _files.Create(Path, 10));
    }

    [Fact]
    public void Bytes_WhatIsStored_OthersReadAtOnce()
    {
        using var file = _files.Create(Path, 4096);

        "stored"u8.CopyTo(file.Bytes[100..]);

        using var reader = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        reader.Seek(100, SeekOrigin.Begin);
        var read = new byte[6];
        reader.ReadExactly(read);
        Assert.Equal("stored"u8.ToArray(), read);
    }

    [Fact]
    public void CloseAt_Length_EndsTheFileThere()
    {
        var file = _files.Create(Path, 1 << 20);
        "stored"u8.CopyTo(file.Bytes);
        file.Flush();

        file.CloseAt(6);

        Assert.Equal("stored"u8.ToArray(), File.ReadAllBytes(Path));
        Assert.Throws<ObjectDisposedException>(() => file.Bytes.Length);
        file.Dispose();
    }

    [Fact]
    public void Open_ShorterFile_IsLengthenedWithZeros()
    {
        File.WriteAllBytes(Path, [1, 2, 3]);

        using var file = _files.Open(Path, 100);

        Assert.Equal(100, file.Bytes.Length);
        Assert.Equal([1, 2, 3, 0], file.Bytes[..4].ToArray());
        Assert.False(file.Bytes[3..].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Write_FileThatIsThere_IsReplacedWhole()
    {
        _files.Write(Path, [1, 2, 3]);
        _files.Write(Path, [4]);

        Assert.Equal([4], File.ReadAllBytes(Path));
        _files.Delete(Path);
        _files.Delete(Path);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void Take_FolderThatIsTaken_IsRefusedUntilItIsGivenUp()
    {
        using (FolderLock.Take(_folder))
        {
            Assert.Throws<AuditFolderInUseException>(() => FolderLock.Take(_folder));
        }

        using var again = FolderLock.Take(_folder);
    }
}
