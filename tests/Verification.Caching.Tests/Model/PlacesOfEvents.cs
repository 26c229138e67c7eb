using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Tests.Model;

/// <summary>Which events of a permit count, and what may come next: its issue, one more card, or an annulment.</summary>
internal sealed class PlacesOfEvents
{
    private readonly List<int> _effective = [];
    private int _last;

    /// <summary>The next event, and what that is. To be recorded.</summary>
    public (PermitEvent Happening, Disturbance What) Next()
    {
        _last++;
        if (_effective.Count > 0 && Random.Shared.Next(3) == 0)
        {
            var index = _effective.Count == 1 ? 0 : Random.Shared.Next(1, _effective.Count);
            var target = _effective[index];
            _effective.RemoveAt(index);
            return (
                new Annulled(ConcurrentSite.Day, target, "model"),
                _effective.Count == 0 ? Disturbance.IssueAnnulled : Disturbance.Annulment);
        }

        _effective.Add(_last);
        return _effective.Count > 1 ? (new Reissued(ConcurrentSite.Day), Disturbance.Append)
            : (new Issued(ConcurrentSite.Day, PermitKind.WorkResidencePermit), _last == 1 ? Disturbance.Append : Disturbance.IssuedAgain);
    }
}
