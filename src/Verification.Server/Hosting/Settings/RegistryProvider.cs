namespace Verification.Server.Hosting.Settings;

/// <summary>What the registry stands on.</summary>
internal enum RegistryProvider
{
    /// <summary>The embedded registry, in a file of the data folder.</summary>
    Sqlite,

    /// <summary>SQL Server, at <c>ConnectionStrings:Registry</c>.</summary>
    SqlServer,
}
