using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// The latest head that the primary showed to this process: what a replica must have reached before it may answer. A replica that
/// has holds every event committed before that head's clock; its own clock says nothing of how far it lags.
/// </summary>
internal sealed class PrimaryHead
{
    private readonly Lock _gate = new();
    private RegistryHead _latest;

    /// <summary>Takes note of a head that the primary showed. Heads may arrive in another order than they were read.</summary>
    public RegistryHead Note(RegistryHead head)
    {
        lock (_gate)
        {
            if (head.RegistryId != _latest.RegistryId || head.Revision >= _latest.Revision)
            {
                _latest = head;
            }
        }

        return head;
    }

    /// <summary>Takes note of a revision that the primary committed.</summary>
    public void Note(long revision)
    {
        lock (_gate)
        {
            if (revision > _latest.Revision)
            {
                _latest = _latest with { Revision = revision };
            }
        }
    }

    /// <summary>
    /// The head to answer with for a snapshot that a replica showed; null when the replica is behind, or is of another registry.
    /// </summary>
    public RegistryHead? Accept(RegistryHead replica)
    {
        lock (_gate)
        {
            return replica.RegistryId == _latest.RegistryId && replica.Revision >= _latest.Revision
                ? replica with { AsOf = _latest.AsOf }
                : null;
        }
    }
}
