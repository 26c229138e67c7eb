using Verification.Core.Rules.Codes;

namespace Verification.Core.Rules.Verdicts;

/// <summary>Whether a permit is valid on every day from the verdict's date to a last one (policy §8, <i>Throughout</i>).</summary>
/// <param name="Through">The last day.</param>
/// <param name="FirstNotValid">The first day on which it is not valid, and its status on that day; null when it is throughout.</param>
public readonly record struct Throughout(DateOnly Through, (DateOnly On, PermitStatus Status)? FirstNotValid)
{
    /// <summary>Whether it is valid on every day.</summary>
    public bool IsValid => FirstNotValid is null;
}
