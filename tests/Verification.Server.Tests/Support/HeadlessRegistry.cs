using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Server.Hosting;

namespace Verification.Server.Tests.Support;

/// <summary>A registry that at times does not say who it is: a node that must learn it anew then waits, and is not ready.</summary>
internal sealed class HeadlessRegistry : IPermitRegistry, IAsyncDisposable
{
    private IPermitRegistry Behind { get; set; } = new UnavailableRegistry();

    public bool IsHeadless { get; set; }

    /// <summary>Puts one in front of a server's store.</summary>
    public static HeadlessRegistry InFrontOfStore(IServiceCollection services)
    {
        var store = services.Single(it => it.ServiceType == typeof(IPermitRegistry) && RegistryHosting.Store.Equals(it.ServiceKey));
        var headless = new HeadlessRegistry();
        services.Replace(ServiceDescriptor.KeyedSingleton<IPermitRegistry>(RegistryHosting.Store, (provider, key) =>
        {
            headless.Behind = (IPermitRegistry)store.KeyedImplementationFactory!(provider, key);
            return headless;
        }));
        return headless;
    }

    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        IsHeadless ? throw new RegistryUnavailableException("It is being restored.") : Behind.ReadHeadAsync(cancellationToken);

    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) => Behind.LoadAsync(number, cancellationToken);

    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        Behind.LoadAsync(numbers, cancellationToken);

    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        Behind.ReadChangesAsync(sinceRevision, limit, cancellationToken);

    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) => Behind.ReadBucketStampsAsync(cancellationToken);

    public Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken) =>
        Behind.AppendAsync(append, cancellationToken);

    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) =>
        Behind.ReadImportAsync(importId, cancellationToken);

    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) =>
        Behind.ReadRejectsAsync(importId, afterLine, limit, cancellationToken);

    public Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken) =>
        Behind.ImportAsync(batch, cancellationToken);

    public Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken) =>
        Behind.ConfirmClockAsync(cancellationToken);

    public Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken) =>
        Behind.MarkRestoredAsync(jump, cancellationToken);

    public ValueTask DisposeAsync() => (Behind as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask;
}
