namespace Verification.Server.Access;

/// <summary>
/// The last decisions on one connection: a few, so that a proxy may share it among several consumers. Lives and dies with it. Safe
/// for the calls that a connection carries at the same time.
/// </summary>
internal sealed class ConnectionMemory
{
    private const int Slots = 4;

    private readonly RememberedDecision?[] _decisions = new RememberedDecision?[Slots];

    /// <summary>The decision about a header; null when there is none.</summary>
    public RememberedDecision? Find(string header)
    {
        var decision = Volatile.Read(ref SlotOf(header));
        return decision is not null && decision.IsAbout(header) ? decision : null;
    }

    /// <summary>Keeps a decision about a header, in place of another.</summary>
    public void Keep(string header, RememberedDecision decision) => Volatile.Write(ref SlotOf(header), decision);

    private ref RememberedDecision? SlotOf(string header) => ref _decisions[(uint)header.GetHashCode(StringComparison.Ordinal) % Slots];
}
