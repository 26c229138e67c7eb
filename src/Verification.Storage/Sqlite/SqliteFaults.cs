using Microsoft.Data.Sqlite;
using Verification.Core.Registry;

namespace Verification.Storage.Sqlite;

/// <summary>What SQLite or damaged rows say becomes one exception: the registry could not answer.</summary>
internal static class SqliteFaults
{
    // https://sqlite.org/rescode.html
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;
    private const int IoErrorRead = IoError | (1 << 8);
    private const int IoErrorShortRead = IoError | (2 << 8);
    private const int IoErrorData = IoError | (32 << 8);
    private const int IoErrorCorruptFileSystem = IoError | (33 << 8);

    /// <summary>Whether the exception says that the registry could not answer, and not that the program is wrong.</summary>
    public static bool IsFault(Exception exception) => exception is SqliteException or FormatException or ArgumentException;

    /// <summary>The failure, in plain words.</summary>
    public static RegistryUnavailableException Unavailable(Exception cause) =>
        IsDamage(cause)
            ? new RegistryDamagedException($"The registry could not answer, as it is damaged: {cause.Message}", cause)
            : new RegistryUnavailableException($"The registry could not answer: {cause.Message}", cause);

    private static bool IsDamage(Exception cause) => cause is not SqliteException sqlite
        || sqlite.SqliteErrorCode is Corrupt or NotADatabase
        || sqlite.SqliteExtendedErrorCode is IoErrorRead or IoErrorShortRead or IoErrorData or IoErrorCorruptFileSystem;
}
