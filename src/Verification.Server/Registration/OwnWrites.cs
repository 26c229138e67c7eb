using Verification.Core.Lookup;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Limits;

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
    public async Task SettleAsync(long revision, CallTime time)
    {
        var patience = time.Patience(MostPatience);
        try
        {
            // Of no number: any rulebook does.
            await lookup.FindManyAsync([], rulebooks.All[0], FreshnessDemand.AtLeastRevision(revision), time.Cancelled)
                .WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, TimeProvider.System, time.Cancelled);
        }
        catch (Exception cause)
        {
            Log.OwnWriteNotSeen(logger, revision, cause);
        }
    }
}
