namespace Verification.Core.Words;

/// <summary>A code in words.</summary>
/// <param name="Code">The code, as in <c>FROZEN</c>.</param>
/// <param name="Name">Its name, as in "frozen" and 冻结.</param>
/// <param name="IsOfficial">Whether the authorities use the Chinese name; otherwise it is this project's.</param>
/// <param name="Meaning">What it means, as part of a sentence; null where the name says all.</param>
public sealed record Term(string Code, Wording Name, bool IsOfficial, Wording? Meaning);
