namespace Verification.Core.Rules.Codes;

/// <summary>What is true of a permit on a date.</summary>
/// <param name="Status">The status.</param>
/// <param name="Reasons">Why, and what its holder should know.</param>
public readonly record struct Standing(PermitStatus Status, StatusReasons Reasons)
{
    /// <summary>Whether a view that hides some reasons shows it as another.</summary>
    internal bool IsShownAs(Standing other, StatusReasons hidden) =>
        Status == other.Status && ((Reasons ^ other.Reasons) & ~hidden) == StatusReasons.None;
}
