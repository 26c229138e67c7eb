using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Procedures;

/// <summary>Whether a procedure may be filed on a date.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="WhyNot">The rule that is against it; null where it is open.</param>
/// <param name="OpensOn">Where it is not open, the first later date on which it is if no event comes; null when that never happens.</param>
/// <param name="ClosesOn">Where it is open, the first later date on which it is not if no event comes; null when that never happens.</param>
public sealed record ProcedureOpening(Procedure Procedure, Wording? WhyNot, DateOnly? OpensOn, DateOnly? ClosesOn)
{
    /// <summary>Whether it may be filed.</summary>
    public bool IsOpen => WhyNot is null;
}
