namespace Verification.Core.Permits.Events;

/// <summary>
/// What an event says of a permit: its type, its date and its fields as the registry keeps them, with the policy's defaults. Two
/// that are equal say the same, whoever recorded them; identity numbers are compared by their digests.
/// </summary>
public readonly record struct PermitStatement
{
    /// <summary>What an event says of a permit.</summary>
    public PermitStatement(PermitNumber permit, PermitEvent happening)
    {
        Permit = permit;
        Event = WithoutDefaults(happening);
    }

    /// <summary>The permit.</summary>
    public PermitNumber Permit { get; }

    /// <summary>The event; a field that holds no more than its default is left out.</summary>
    public PermitEvent Event { get; }

    private static PermitEvent WithoutDefaults(PermitEvent happening) =>
        happening is Issued { AppliedOn: { } appliedOn } issued && appliedOn == issued.On ? issued with { AppliedOn = null } : happening;
}
