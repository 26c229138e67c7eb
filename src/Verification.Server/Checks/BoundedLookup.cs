using System.Threading.RateLimiting;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Errors;
using Verification.Server.Limits;

namespace Verification.Server.Checks;

/// <summary>
/// Looks permits up within the node's limits: what finds no room is refused at once, what takes longer than the call has is given up
/// with an error that names the registry. A lookup that was given up keeps its room until it ends, so that the bound holds.
/// </summary>
internal sealed class BoundedLookup(IPermitLookup lookup, ChecksInFlight inFlight, ServerLimits limits)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(limits.LookupSeconds);

    /// <summary>Looks up one permit.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE, DEADLINE_EXCEEDED, or OUT_OF_RANGE for a revision not reached.</exception>
    public async ValueTask<PermitAnswer> FindAsync(PermitNumber number, Rulebook rulebook, KnowledgeWish wish, CallTime time)
    {
        var room = Enter(inFlight.Enter());
        ValueTask<PermitAnswer> finding;
        try
        {
            finding = wish.KnownAt is { } revision
                ? lookup.FindKnownAtAsync(number, rulebook, revision, time.Cancelled)
                : lookup.FindAsync(number, rulebook, wish.Freshness, time.Cancelled);
        }
        catch
        {
            room.Dispose();
            throw;
        }

        if (finding.IsCompletedSuccessfully)
        {
            room.Dispose();
            return finding.Result;
        }

        return await WithinAsync(room, finding.AsTask(), time);
    }

    /// <summary>Looks up one permit where nothing need be waited for.</summary>
    /// <returns>False where there is no room, or only <see cref="FindAsync(PermitNumber, Rulebook, KnowledgeWish, CallTime)"/> can tell.</returns>
    public bool TryFind(PermitNumber number, Rulebook rulebook, KnowledgeWish wish, out PermitAnswer known)
    {
        known = default;
        if (wish.KnownAt is not null)
        {
            return false;
        }

        using var room = inFlight.Enter();
        return room.IsAcquired && lookup.TryFind(number, rulebook, wish.Freshness, out known);
    }

    /// <summary>Looks up the permits of a batch.</summary>
    /// <inheritdoc cref="FindAsync(PermitNumber, Rulebook, KnowledgeWish, CallTime)" path="/exception"/>
    public Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, KnowledgeWish wish, CallTime time)
    {
        var room = Enter(inFlight.EnterBatch(numbers.Count));
        try
        {
            var finding = wish.KnownAt is { } revision
                ? lookup.FindManyKnownAtAsync(numbers, rulebook, revision, time.Cancelled)
                : lookup.FindManyAsync(numbers, rulebook, wish.Freshness, time.Cancelled);
            return WithinAsync(room, finding, time);
        }
        catch
        {
            room.Dispose();
            throw;
        }
    }

    private static RateLimitLease Enter(RateLimitLease room)
    {
        if (room.IsAcquired)
        {
            return room;
        }

        room.Dispose();
        throw RpcErrors.Overloaded();
    }

    private static void Release<T>(Task<T> given, RateLimitLease room) => _ = given.ContinueWith(
        (ended, state) =>
        {
            ((RateLimitLease)state!).Dispose();
            _ = ended.Exception;
        },
        room,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private async Task<T> WithinAsync<T>(RateLimitLease room, Task<T> finding, CallTime time)
    {
        Release(finding, room);
        var patience = time.Patience(_patience);
        try
        {
            return await finding.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, TimeProvider.System, time.Cancelled);
        }
        catch (TimeoutException)
        {
            throw patience < _patience ? RpcErrors.RegistrySlowForDeadline() : RpcErrors.RegistrySlow();
        }
        catch (RevisionUnknownException unknown)
        {
            throw RpcErrors.RevisionUnknown(unknown.Asked, unknown.Known);
        }
    }
}
