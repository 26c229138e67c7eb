namespace Verification.Server.Access.Consumers;

/// <summary>That a credential lets a consumer in, as decided from one set.</summary>
/// <param name="Set">The set; the admission ends when it is replaced.</param>
/// <param name="Consumer">Who is let in.</param>
/// <param name="Validity">When the credential holds.</param>
internal sealed record AccessDecision(ConsumerSet Set, Consumer Consumer, Validity Validity)
{
    /// <summary>Whether it still holds.</summary>
    public bool Holds(ConsumerSet current, DateTimeOffset now) => ReferenceEquals(Set, current) && Validity.FaultAt(now) is null;
}
