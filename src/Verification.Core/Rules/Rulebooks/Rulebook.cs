using System.Collections.Immutable;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Entitlements;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>
/// The policy's parameters as data, each with the date from which it applies and its source. Read from <c>Rulebooks/*.json</c>;
/// see <see cref="RulebookLibrary"/>.
/// </summary>
public sealed class Rulebook
{
    /// <summary>The version that every verdict names.</summary>
    public required string Version { get; init; }

    /// <summary>The first day on which this rulebook is used.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Policy §3.</summary>
    public required WorkResidencePermitRules WorkResidencePermit { get; init; }

    /// <summary>Policy §4.</summary>
    public required ResidencePermitRules ResidencePermit { get; init; }

    /// <summary>Policy §5.</summary>
    public required RegistrationCardRules RegistrationCard { get; init; }

    /// <summary>Policy §6a; null where the rulebook knows no employer registrations.</summary>
    public required EmployerRegistrationRules? EmployerRegistration { get; init; }

    /// <summary>The notices that only the issuing authority may see (policy §9).</summary>
    public required StatusReasons HiddenReasons { get; init; }

    /// <summary>Who may see what (policy §9): one scope for every <see cref="ConsumerClass"/>, in order.</summary>
    public required ImmutableArray<ConsumerScope> Scopes { get; init; }

    /// <summary>Policy §8, by the date of the verdict.</summary>
    public required Dated<EntitlementTable> Entitlements { get; init; }

    /// <summary>Policy §10.</summary>
    public required ImmutableArray<Remedy> Remedies { get; init; }

    /// <summary>Policy §11.</summary>
    public required ImmutableArray<Procedure> Procedures { get; init; }

    /// <summary>All parameters as a person reads them.</summary>
    public required ImmutableArray<RulebookParameter> Parameters { get; init; }

    /// <summary>What consumers of a class may see.</summary>
    public ConsumerScope ScopeOf(ConsumerClass consumerClass) => Scopes[(int)consumerClass - 1];

    /// <summary>What a view shows of a standing.</summary>
    public Standing Show(Standing standing, StandingView view) =>
        view == StandingView.Authority ? standing : standing with { Reasons = standing.Reasons & ~HiddenReasons };
}
