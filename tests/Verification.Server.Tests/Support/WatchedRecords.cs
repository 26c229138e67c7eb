using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Verification.Audit.Records;
using Verification.Audit.Storing;

namespace Verification.Server.Tests.Support;

/// <summary>The audit database of a server, which a test takes away, or whose records it changes on their way out.</summary>
internal sealed class WatchedRecords : IAuditRecords
{
    private IAuditRecords _inner = null!;

    public bool IsAway { get; set; }

    /// <summary>What is told in the place of a record.</summary>
    public Func<AuditRecord, AuditRecord> Change { get; set; } = record => record;

    /// <summary>Puts itself in front of the server's own.</summary>
    public void PutInto(IServiceCollection services)
    {
        var real = services.Single(it => it.ServiceType == typeof(IAuditRecords));
        services.Replace(ServiceDescriptor.Singleton<IAuditRecords>(provider =>
        {
            _inner = (IAuditRecords)(real.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!));
            return this;
        }));
    }

    public async IAsyncEnumerable<StoredRecord> FindAsync(
        AuditQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new AuditDatabaseException("It is away.");
        }

        await foreach (var found in _inner.FindAsync(query, cancellationToken))
        {
            yield return found with { Record = Change(found.Record) };
        }
    }
}
