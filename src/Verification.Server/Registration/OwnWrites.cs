using Verification.Core.Lookup;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Limits;
using Verification.Server.Telemetry;

namespace Verification.Server.Registration;

/// <summary>
/// Who has recorded something and asks the same node finds it: a commit is answered once this node's own answers reflect it. The
/// commit is the answer, whatever becomes of the wait, and it is answered before the caller's deadline.
/// </summary>
internal sealed class OwnWrites(IPermitLookup lookup, RulebookLibrary rulebooks, ILogger<OwnWrites> logger)
{
    // A node that hears of its own commit no sooner is in trouble; the caller shall not be in it too.
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2);

    /// <summary>Waits until this node knows a revision, or cannot tell, or the call has no more time. Throws nothing.</summary>
    public Task SettleAsync(long revision, CallTime time) => SettleAsync(revision, FreshnessDemand.AtLeastRevision(revision), time);

    /// <summary>As <see cref="SettleAsync(long, CallTime)"/>, of what was just written at a revision that this node may have known before.</summary>
    public Task SettleAnewAsync(long revision, CallTime time) => SettleAsync(revision, FreshnessDemand.FullyConsistent(), time);

    private async Task SettleAsync(long revision, FreshnessDemand demand, CallTime time)
    {
        var patience = time.Patience(MostPatience);
        try
        {
            // Of no number: any rulebook does.
            await lookup.FindManyAsync([], rulebooks.All[0], demand, time.Cancelled)
                .WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, TimeProvider.System, time.Cancelled);
        }
        catch (RegistryEmptyException)
        {
            // What was written is no event, and this node knows it.
        }
        catch (Exception cause)
        {
            Log.OwnWriteNotSeen(logger, revision, cause);
        }
    }
}
