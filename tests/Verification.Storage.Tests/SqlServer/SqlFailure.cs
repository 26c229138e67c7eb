using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>Makes the exceptions that the driver throws, which have no public constructor.</summary>
internal static class SqlFailure
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>An error of a server, or of a connection that was never made.</summary>
    public static SqlException Of(int number, byte severity, bool connected = true)
    {
        var error = typeof(SqlError)
            .GetConstructor(Hidden, [typeof(int), typeof(byte), typeof(byte), typeof(string), typeof(string), typeof(string), typeof(int), typeof(Exception)])!
            .Invoke([number, (byte)1, severity, "server", $"Error {number}.", string.Empty, 1, null]);
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden, [typeof(SqlError)])!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException)
            .GetMethod("CreateException", Hidden, [typeof(SqlErrorCollection), typeof(string), typeof(Guid), typeof(Exception)])!
            .Invoke(null, [errors, "16.0", connected ? Guid.NewGuid() : Guid.Empty, null])!;
    }
}
