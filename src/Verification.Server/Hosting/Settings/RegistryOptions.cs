using System.ComponentModel.DataAnnotations;
using Verification.Storage.SqlServer;

namespace Verification.Server.Hosting.Settings;

/// <summary>Which registry the service stands on: the configuration section <c>Verification:Registry</c>.</summary>
internal sealed class RegistryOptions : IValidatableObject
{
    /// <summary>What it stands on.</summary>
    public RegistryProvider Provider { get; set; }

    /// <summary>Whether a registry is made where there is none. Not by default: a wrong folder or database would be an empty registry.</summary>
    public bool CreateIfMissing { get; set; }

    /// <summary>Settings of the SQL Server registry; its connection strings are <c>ConnectionStrings:Registry</c> and <c>:RegistryReplica</c>.</summary>
    public SqlServerRegistryOptions SqlServerSettings { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == RegistryProvider.SqlServer && SqlServerSettings.ConnectionString.Length == 0)
        {
            yield return new($"is {Provider}, but ConnectionStrings:Registry is missing.", [nameof(Provider)]);
        }

        if (Provider == RegistryProvider.Sqlite && SqlServerSettings is not { ConnectionString: "", ReplicaConnectionString: null })
        {
            yield return new($"is {Provider}, which has no connection strings, but ConnectionStrings names the registry's.", [nameof(Provider)]);
        }
    }
}
