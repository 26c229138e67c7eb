using Verification.SqlServerSupport;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>The SQL Server store's migration scripts, as they lie in the assembly.</summary>
internal static class MigrationScripts
{
    private const string Prefix = "Verification.Storage.Migrations.SqlServer.";

    public static IEnumerable<string> Names() => typeof(SqlServerRegistry).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SqlServerRegistry).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>The tables that they make.</summary>
    public static TableColumns Columns() => TableColumns.Of(Names().Select(Read));
}
