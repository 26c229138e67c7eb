namespace Verification.Core.Permits;

/// <summary>The names of the kinds in a registry file (policy §7) and in the rulebook.</summary>
public static class PermitKindNames
{
    /// <summary>The name of a kind, as in <c>work_residence_permit</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="PermitKind.None"/> or an undefined value.</exception>
    public static string NameOf(PermitKind kind) => kind switch
    {
        PermitKind.WorkResidencePermit => "work_residence_permit",
        PermitKind.ResidencePermit => "residence_permit",
        PermitKind.ResidenceRegistrationCard => "residence_registration_card",
        PermitKind.TemporaryResidencePermit => "temporary_residence_permit",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No permit has this kind."),
    };

    /// <summary>The kind of that name, compared byte by byte; <see cref="PermitKind.None"/> when there is none.</summary>
    public static PermitKind Parse(string? name) => name switch
    {
        "work_residence_permit" => PermitKind.WorkResidencePermit,
        "residence_permit" => PermitKind.ResidencePermit,
        "residence_registration_card" => PermitKind.ResidenceRegistrationCard,
        "temporary_residence_permit" => PermitKind.TemporaryResidencePermit,
        _ => PermitKind.None,
    };
}
