using Microsoft.Extensions.Time.Testing;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Conformance;

/// <summary>What every registry must do. A store's tests add one sealed subclass that opens it.</summary>
public abstract partial class RegistryConformance : IAsyncLifetime
{
    /// <summary>The instant at which the tests begin.</summary>
    protected static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly List<IPermitRegistry> _opened = [];

    /// <summary>The clock of the registry where it has none of its own.</summary>
    protected FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>The registry under test, empty at first.</summary>
    protected IPermitRegistry Registry { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Registry = await OpenTrackedAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var registry in _opened.OfType<IAsyncDisposable>())
        {
            await registry.DisposeAsync();
        }

        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test, as one more node; the first call makes it.</summary>
    protected abstract Task<IPermitRegistry> OpenAsync();

    /// <summary>Removes the store of this test.</summary>
    protected abstract ValueTask CleanUpAsync();

    /// <summary>One more node on the same store.</summary>
    protected async Task<IPermitRegistry> OpenTrackedAsync()
    {
        var registry = await OpenAsync();
        _opened.Add(registry);
        return registry;
    }

    protected static PermitNumber Number(string text) => PermitNumber.Parse(text);

    protected static DateOnly Date(int year, int month, int day) => new(year, month, day);

    protected static Issued WorkPermitIssued(DateOnly on) => new(on, PermitKind.WorkResidencePermit);

    protected Task<AppendResult> AppendAsync(string permit, PermitEvent happening, string? requestId = null, string recordedBy = "bureau") =>
        AppendAsync(Number(permit), happening, requestId, recordedBy);

    protected Task<AppendResult> AppendAsync(
        PermitNumber permit, PermitEvent happening, string? requestId = null, string recordedBy = "bureau") =>
        Registry.AppendAsync(new EventAppend(requestId ?? Guid.NewGuid().ToString("N"), permit, happening, recordedBy), Token);
}
