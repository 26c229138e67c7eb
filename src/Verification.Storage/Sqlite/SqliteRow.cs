using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Verification.Storage.Sqlite;

/// <summary>
/// The row that a statement stands at. Its columns are read by SQLite's own calls, which neither wait nor come back: a scan makes ten of them an
/// event, and as the provider makes them, each keeps the handle alive and tells the garbage collector, which costs more than the call.
/// </summary>
/// <param name="statement">The statement; whoever uses this keeps it from being disposed of.</param>
internal readonly partial struct SqliteRow(sqlite3_stmt statement)
{
    private const string Library = "e_sqlite3";

    private readonly nint _statement = statement.DangerousGetHandle();

    /// <summary>A number; 0 where it is NULL.</summary>
    public long Number(int column) => Int64(_statement, column);

    /// <summary>The bytes of a text or blob, until the statement moves on; empty where it is NULL.</summary>
    public unsafe ReadOnlySpan<byte> Bytes(int column)
    {
        var first = Blob(_statement, column);
        return new ReadOnlySpan<byte>(first, Length(_statement, column));
    }

    /// <summary>Whether it is NULL.</summary>
    public bool IsNull(int column) => Type(_statement, column) == raw.SQLITE_NULL;

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial long Int64(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe partial void* Blob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Length(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Type(nint statement, int column);
}
