using Verification.Core.Lookup;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Server.Registration;

/// <summary>
/// Who has recorded something and asks the same node finds it: a commit is answered once this node's own answers reflect it. The
/// commit stands whatever becomes of the wait.
/// </summary>
internal sealed class OwnWrites(IPermitLookup lookup, RulebookLibrary rulebooks, ILogger<OwnWrites> logger)
{
    /// <summary>Waits until this node knows a revision, or cannot tell.</summary>
    public async Task SettleAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            // Of no number: any rulebook does.
            await lookup.FindManyAsync([], rulebooks.All[0], FreshnessDemand.AtLeastRevision(revision), cancellationToken);
        }
        catch (Exception cause) when (cause is StaleException or RegistryUnavailableException or RevisionUnknownException)
        {
            Log.OwnWriteNotSeen(logger, revision, cause);
        }
    }
}
