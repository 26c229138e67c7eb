namespace Verification.Core.Words;

/// <summary>
/// What a person reads, in both languages. It is written in both where it is made, so that the compiler sees to it that neither is
/// forgotten.
/// </summary>
/// <param name="English">In English.</param>
/// <param name="Chinese">In Chinese.</param>
public readonly record struct Wording(string English, string Chinese)
{
    /// <summary>In one of them.</summary>
    public string In(Language language) => language == Language.Chinese ? Chinese : English;
}
