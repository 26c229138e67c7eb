namespace Verification.Core.Permits.RegistryFile;

/// <summary>A field name in a file that no event has: its values were ignored (policy §7).</summary>
/// <param name="Name">The name; of a long one its beginning.</param>
/// <param name="Lines">How many lines have it.</param>
/// <param name="FirstLine">The first of them, from 1.</param>
public readonly record struct UnknownField(string Name, long Lines, long FirstLine);
