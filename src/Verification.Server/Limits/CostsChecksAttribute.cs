namespace Verification.Server.Limits;

/// <summary>Marks calls that ask about permits, and so cost checks and may turn up unknown numbers.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CostsChecksAttribute : Attribute
{
    /// <summary>Whether each costs just one check; otherwise its messages tell.</summary>
    public bool JustOne { get; init; }
}
