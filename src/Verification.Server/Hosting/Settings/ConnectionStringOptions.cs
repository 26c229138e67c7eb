using System.ComponentModel.DataAnnotations;
using Verification.Caching.Redis;
using Verification.Storage.SqlServer;

namespace Verification.Server.Hosting.Settings;

/// <summary>The configuration section <c>ConnectionStrings</c>. All are secrets.</summary>
internal sealed class ConnectionStringOptions : IValidatableObject
{
    /// <summary>The registry's primary, where it stands on SQL Server.</summary>
    public string? Registry { get; set; }

    /// <summary>Its readable secondary, where there is one.</summary>
    public string? RegistryReplica { get; set; }

    /// <summary>The audit database on SQL Server; null means the registry's, and beside the embedded registry a file of its own.</summary>
    public string? Audit { get; set; }

    /// <summary>The Redis that the nodes share, where there is one.</summary>
    public string? Redis { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, text) in ((string, string?)[])[(nameof(Registry), Registry), (nameof(RegistryReplica), RegistryReplica), (nameof(Audit), Audit)])
        {
            foreach (var problem in text is null ? [] : SqlServerRegistryOptions.ProblemsOf(text))
            {
                yield return new(problem, [name]);
            }
        }

        if (Redis is not null && !RedisOptions.IsConnectionString(Redis))
        {
            yield return new("must be of the form that StackExchange.Redis reads: host:port[,host:port…][,option=value…].", [nameof(Redis)]);
        }
    }
}
