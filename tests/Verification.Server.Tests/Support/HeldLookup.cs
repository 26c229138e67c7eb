using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Verification.Caching;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Server.Tests.Support;

/// <summary>A lookup that holds up whoever asks while it is shut: their message has come, and time goes on.</summary>
internal sealed class HeldLookup : IPermitLookup
{
    private TaskCompletionSource _open = Opened();
    private int _asked;

    private HeldLookup()
    {
    }

    /// <summary>How many messages have asked it.</summary>
    public int Asked => _asked;

    private IPermitLookup Behind { get; set; } = null!;

    /// <summary>Puts one in front of a server's node.</summary>
    public static HeldLookup InFrontOfNode(WebApplicationBuilder builder)
    {
        var held = new HeldLookup();
        builder.Services.AddSingleton<IPermitLookup>(services =>
        {
            held.Behind = services.GetRequiredService<RegistryNode>().Lookup;
            return held;
        });
        return held;
    }

    public void Shut() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.SetResult();

    public async ValueTask<PermitAnswer> FindAsync(
        PermitNumber number, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        await HoldAsync();
        return await Behind.FindAsync(number, rulebook, demand, cancellationToken);
    }

    public async ValueTask<PermitAnswer> FindKnownAtAsync(
        PermitNumber number, Rulebook rulebook, long revision, CancellationToken cancellationToken)
    {
        await HoldAsync();
        return await Behind.FindKnownAtAsync(number, rulebook, revision, cancellationToken);
    }

    public async Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        await HoldAsync();
        return await Behind.FindManyAsync(numbers, rulebook, demand, cancellationToken);
    }

    public async Task<PermitBatch> FindManyKnownAtAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken cancellationToken)
    {
        await HoldAsync();
        return await Behind.FindManyKnownAtAsync(numbers, rulebook, revision, cancellationToken);
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private Task HoldAsync()
    {
        Interlocked.Increment(ref _asked);
        return _open.Task;
    }
}
