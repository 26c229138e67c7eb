using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verification.Audit.Files;

/// <summary>A file mapped into memory.</summary>
internal sealed unsafe partial class MappedFile : IAuditFile
{
    private const int DontNeed = 4;

    private readonly SafeFileHandle _handle;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private byte* _start;
    private bool _mayHaveLost;

    /// <summary>Maps a file, whose handle it takes over.</summary>
    public MappedFile(SafeFileHandle handle, int length)
    {
        _handle = handle;
        _length = length;
        _mapping = MemoryMappedFile.CreateFromFile(
            handle, mapName: null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, length);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <inheritdoc/>
    public Span<byte> Bytes => _start is null ? throw new ObjectDisposedException(nameof(MappedFile)) : new Span<byte>(_start, _length);

    /// <inheritdoc/>
    public void Flush()
    {
        if (_start is null)
        {
            // Flushed and unmapped by a call that failed to end the file.
            return;
        }

        if (_mayHaveLost)
        {
            StoreAgain();
        }

        try
        {
            LetGoOfPages();
            _view.Flush();
            _mayHaveLost = false;
        }
        catch
        {
            _mayHaveLost = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public void CloseAt(int length)
    {
        Flush();
        Unmap();
        RandomAccess.SetLength(_handle, length);
        RandomAccess.FlushToDisk(_handle);
        _handle.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Unmap();
        _handle.Dispose();
    }

    /// <summary>
    /// After a flush that failed the system takes pages for written that are not: it would not try again. So each page is stored into once
    /// more, with what stands there. What others store meanwhile they store elsewhere in the page or later: a byte is only ever set once.
    /// </summary>
    private void StoreAgain()
    {
        for (var at = 0; at < _length; at += 512)
        {
            // An exchange that changes nothing, and undoes nothing.
            Interlocked.Or(ref *(int*)(_start + at), 0);
        }
    }

    /// <summary>
    /// Takes all pages out of this process's table at once; they stay in the system's memory, as dirty as they are, and come back when they are
    /// used. A flush would else take the right to write from page after page, and interrupt every core for each.
    /// </summary>
    private void LetGoOfPages()
    {
        if (OperatingSystem.IsLinux())
        {
            // Where it fails nothing is lost but time.
            _ = Advise(_start, (nuint)_length, DontNeed);
        }
    }

    private void Unmap()
    {
        if (_start is not null)
        {
            _start = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _mapping.Dispose();
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(byte* start, nuint length, int advice);
}
