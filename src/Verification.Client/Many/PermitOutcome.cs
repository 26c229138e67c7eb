using System.Diagnostics.CodeAnalysis;

namespace Verification.Client;

/// <summary>What came of one check of many: a verdict, or a fault of this check alone.</summary>
public sealed record PermitOutcome
{
    /// <summary>Makes one with a verdict, as a test double does.</summary>
    public PermitOutcome(long index, PermitCheck check, PermitVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(verdict);
        (Index, Check, Verdict) = (index, check, verdict);
    }

    /// <summary>Makes one with a fault, as a test double does.</summary>
    public PermitOutcome(long index, PermitCheck check, VerificationFault fault)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(fault);
        (Index, Check, Fault) = (index, check, fault);
    }

    /// <summary>Which check it is, from 0.</summary>
    public long Index { get; }

    /// <summary>The check.</summary>
    public PermitCheck Check { get; }

    /// <summary>The answer; null where there is a fault.</summary>
    public PermitVerdict? Verdict { get; }

    /// <summary>
    /// Why there is no answer to this check; null where there is one. It is the check that is wrong or not allowed, or, where
    /// <see cref="VerificationFault.CouldNotTell"/> says so, this permit's budget of wrong guesses that is used up.
    /// </summary>
    public VerificationFault? Fault { get; }

    /// <summary>Whether there is a verdict.</summary>
    [MemberNotNullWhen(true, nameof(Verdict))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsAnswered => Verdict is not null;

    /// <summary>Which check, and what came of it, for a log: no number of a permit or a person.</summary>
    public override string ToString() => FormattableString.Invariant($"{Index}: {Verdict?.ToString() ?? Fault!.Reason}");
}
