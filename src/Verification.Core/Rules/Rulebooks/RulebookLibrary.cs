using System.Collections.Immutable;
using System.Reflection;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>
/// Every rulebook that was ever used, and those that will be. Old ones stay, so that an old answer can be explained and repeated. A
/// change of policy is a new file with a new dated value: it never changes the verdict of an earlier date. Immutable.
/// </summary>
public sealed class RulebookLibrary
{
    // By the place of the rulebook in use: it and those after it.
    private readonly ImmutableArray<ImmutableArray<Rulebook>> _from;

    /// <summary>A library of these rulebooks, in any order.</summary>
    /// <exception cref="ArgumentException">There is none, or two have one version or begin on one day.</exception>
    public RulebookLibrary(IEnumerable<Rulebook> rulebooks)
    {
        All = [.. rulebooks.OrderBy(rulebook => rulebook.EffectiveFrom)];
        if (All.IsEmpty
            || All.DistinctBy(rulebook => rulebook.Version).Count() < All.Length
            || All.DistinctBy(rulebook => rulebook.EffectiveFrom).Count() < All.Length)
        {
            throw new ArgumentException("A library has rulebooks, each of its own version, from its own day.", nameof(rulebooks));
        }

        _from = [.. Enumerable.Range(0, All.Length).Select(first => All[first..])];
    }

    /// <summary>The rulebooks that are part of the product: <c>Rulebooks/*.json</c>.</summary>
    public static RulebookLibrary Embedded { get; } = new(ReadEmbedded());

    /// <summary>All rulebooks, in the order in which they come into use.</summary>
    public ImmutableArray<Rulebook> All { get; }

    /// <summary>The rulebook in use on a date; before any began, the first. Allocates nothing.</summary>
    public Rulebook On(DateOnly date) => From(date)[0];

    /// <summary>The rulebook in use on a date, and those known to follow it. Allocates nothing.</summary>
    public ImmutableArray<Rulebook> From(DateOnly date)
    {
        var index = All.Length - 1;
        while (index > 0 && All[index].EffectiveFrom > date)
        {
            index--;
        }

        return _from[index];
    }

    /// <summary>The rulebook of that version, or null.</summary>
    public Rulebook? Find(string version) => All.FirstOrDefault(rulebook => rulebook.Version == version);

    private static IEnumerable<Rulebook> ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("rulebook-", StringComparison.Ordinal))
            .Select(name => Read(assembly, name));
    }

    private static Rulebook Read(Assembly assembly, string name)
    {
        using var json = assembly.GetManifestResourceStream(name)!;
        return RulebookReader.Read(json, name);
    }
}
