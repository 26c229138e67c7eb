namespace Verification.Server.Access.Consumers;

/// <summary>The consumers as they are now. A replaced set takes effect with the next message of every call.</summary>
/// <param name="set">The first set.</param>
internal sealed class ConsumerDirectory(ConsumerSet set)
{
    private ConsumerSet _current = set;

    /// <summary>The current set.</summary>
    public ConsumerSet Current => Volatile.Read(ref _current);

    /// <summary>Puts another set in place, whole.</summary>
    public void Replace(ConsumerSet set) => Volatile.Write(ref _current, set);
}
