using Verification.Core.Rules.Verdicts;

namespace Verification.Server.Checks.Again;

/// <summary>A verdict decided once more from what its record names.</summary>
/// <param name="Verdict">How it comes out now; null where it cannot be repeated.</param>
/// <param name="IsSame">Whether that is what the record says was told.</param>
/// <param name="WhyNot">Why it cannot be repeated; null where it was.</param>
internal sealed record Repetition(Verdict? Verdict, bool IsSame, string? WhyNot)
{
    /// <summary>Why a record cannot be repeated whose call told no verdict.</summary>
    public const string NoVerdict = "NO_VERDICT";

    /// <summary>One that cannot be repeated.</summary>
    public static Repetition Impossible(string whyNot) => new(null, IsSame: false, whyNot);
}
