using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Verdicts;

namespace Verification.Server.Limits;

/// <summary>A verdict on a check that carries a guess at an identity number or a card's edition.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="IsWithheld">Whether the asker is not told it, as the identity number is not shown to be the permit's.</param>
internal readonly record struct Guess(Verdict Verdict, bool IsWithheld)
{
    /// <summary>Whether it was wrong.</summary>
    public bool IsWrong =>
        IsWithheld || Verdict.SubjectMatch == SubjectMatch.NotMatched || Verdict.CardMatch is CardMatch.Superseded or CardMatch.NotIssued;
}
