namespace Verification.Server.Access.Consumers;

/// <summary>What a caller has proved to have, whatever the scheme; kept for the length of a call so that it can be looked at again.</summary>
internal abstract record Credential
{
    /// <summary>Lets a consumer in.</summary>
    /// <exception cref="CredentialException">Nobody has it, or it does not hold now.</exception>
    public AccessDecision Admit(ConsumerSet set, DateTimeOffset now)
    {
        var admission = Find(set) ?? throw new CredentialException(CredentialFault.Invalid);
        return admission.Validity.FaultAt(now) is { } fault ? throw new CredentialException(fault) : admission;
    }

    /// <summary>Whose it is, at whatever time; null when nobody has it.</summary>
    protected abstract AccessDecision? Find(ConsumerSet set);
}
