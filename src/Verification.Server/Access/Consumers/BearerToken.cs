namespace Verification.Server.Access.Consumers;

/// <summary>A token of the OIDC issuer that was found good.</summary>
/// <param name="Subject">Whom it names.</param>
/// <param name="Term">Its term.</param>
internal sealed record BearerToken(string Subject, Validity Term) : Credential
{
    /// <inheritdoc/>
    protected override AccessDecision? Find(ConsumerSet set) =>
        set.TryFind(Subject, out var grant) ? new AccessDecision(set, grant.Consumer, grant.Validity.And(Term)) : null;
}
