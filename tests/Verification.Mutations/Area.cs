namespace Verification.Mutations;

/// <summary>A part of the product, and the tests that are to notice a change in it.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Project">Its project, in src/.</param>
/// <param name="Folders">Where changes are made, in that project's folder; none: everywhere.</param>
/// <param name="TestOptions">Which of the project's own tests are asked.</param>
/// <param name="Floor">Of 100 changes, so many are to be noticed.</param>
internal sealed record Area(string Name, string Project, IReadOnlyList<string> Folders, IReadOnlyList<string> TestOptions, int Floor)
{
    /// <summary>All that are measured.</summary>
    public static IReadOnlyList<Area> All { get; } =
    [
        new("core", "Verification.Core", [], Tests("Verification.Core.Tests", ["*"], []), 95),
        new("access", "Verification.Server", ["Access", "Limits"], Tests("Verification.Server.Tests", ["Access*", "Limits*", "Configuration*"], []), 90),
        new(
            "coherence",
            "Verification.Caching",
            ["Coherence", "Loading", "Memory"],
            Tests("Verification.Caching.Tests", ["*"], ["*.Redis.*", "*ConcurrentTests", "*CommitDelayTests", "*MidnightTests"]),
            90),
    ];

    /// <summary>All changes that can be made in it, in a fixed order.</summary>
    public IEnumerable<Mutation> ChangesOf(Product product) => product.Sources
        .Select(source => (Source: source, Folder: source.FilePath.Split(Path.DirectorySeparatorChar)[0]))
        .Where(file => Folders.Count == 0 ? file.Folder != "obj" : Folders.Contains(file.Folder))
        .OrderBy(file => file.Source.FilePath, StringComparer.Ordinal)
        .SelectMany(file => Mutations.Of(file.Source));

    /// <summary>Which tests: those of some namespaces, but for some classes.</summary>
    private static string[] Tests(string root, string[] rooms, string[] but) =>
    [
        .. rooms.SelectMany(room => new[] { "-namespace", $"{root}.{room}" }),
        .. but.SelectMany(name => new[] { "-class-", name }),
    ];
}
