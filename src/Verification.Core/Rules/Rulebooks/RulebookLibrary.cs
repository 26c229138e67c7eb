using System.Collections.Immutable;
using System.Reflection;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>
/// Every rulebook that was ever used. Old ones stay, so that an old answer can be explained and repeated. A change of policy is a
/// new file with a new dated value: it never changes the verdict of an earlier date.
/// </summary>
public static class RulebookLibrary
{
    /// <summary>All rulebooks, in the order in which they were used.</summary>
    public static ImmutableArray<Rulebook> All { get; } = ReadAll();

    /// <summary>The rulebook in use on a date.</summary>
    public static Rulebook On(DateOnly date) => All.LastOrDefault(rulebook => rulebook.EffectiveFrom <= date) ?? All[0];

    /// <summary>The rulebook of that version, or null.</summary>
    public static Rulebook? Find(string version) => All.FirstOrDefault(rulebook => rulebook.Version == version);

    private static ImmutableArray<Rulebook> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("rulebook-", StringComparison.Ordinal))
                .Select(name => Read(assembly, name))
                .OrderBy(rulebook => rulebook.EffectiveFrom)
        ];
    }

    private static Rulebook Read(Assembly assembly, string name)
    {
        using var json = assembly.GetManifestResourceStream(name)!;
        return RulebookReader.Read(json, name);
    }
}
