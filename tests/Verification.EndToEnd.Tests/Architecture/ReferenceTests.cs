using System.Xml.Linq;

namespace Verification.EndToEnd.Tests.Architecture;

/// <summary>References point one way: Core ← Storage, Caching, Audit ← Server; Contracts ← Server, Client ← Cli; Audit ← Cli.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Verification.Contracts"] = [],
        ["Verification.Core"] = [],
        ["Verification.Storage"] = ["Verification.Core"],
        ["Verification.Caching"] = ["Verification.Core"],
        ["Verification.Audit"] = ["Verification.Core"],
        ["Verification.Server"] = ["Verification.Contracts", "Verification.Core", "Verification.Storage", "Verification.Caching", "Verification.Audit"],
        ["Verification.Client"] = ["Verification.Contracts"],
        ["Verification.Cli"] = ["Verification.Client", "Verification.Audit"],
    };

    [Fact]
    public void ProjectReferences_OfEveryProject_PointOneWay()
    {
        Assert.NotEmpty(Repository.Projects);
        Assert.All(Repository.Projects, project =>
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.True(Allowed.ContainsKey(name), $"{name} has no place in the reference rule.");
            Assert.Subset(Allowed[name].ToHashSet(), References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet());
        });
    }

    [Fact]
    public void PackageReferences_OfCore_AreNone() =>
        Assert.Empty(References(Repository.Projects.Single(project => project.EndsWith("Verification.Core.csproj", StringComparison.Ordinal)), "PackageReference"));

    /// <summary>Core has no clock and no input or output: it names neither.</summary>
    [Fact]
    public void Sources_OfCore_NameNoClockAndNoOutsideWorld()
    {
        var core = Path.GetDirectoryName(Repository.Projects.Single(project => project.EndsWith("Verification.Core.csproj", StringComparison.Ordinal)))!;
        string[] forbidden = ["TimeProvider", "UtcNow", "System.Net", "File.", "Console.", "Environment."];

        Assert.All(Sources(core), source => Assert.All(
            forbidden,
            word => Assert.DoesNotMatch($@"(?<![\w.]){System.Text.RegularExpressions.Regex.Escape(word)}", File.ReadAllText(source))));
    }

    /// <summary>What is generated of several comes in another order each time: no two builds are the same then.</summary>
    [Fact]
    public void LogMessages_OfEveryProject_StandInOneFile() =>
        Assert.All(Repository.Projects, project => Assert.InRange(
            Sources(Path.GetDirectoryName(project)!).Count(source => File.ReadAllText(source).Contains("[LoggerMessage(", StringComparison.Ordinal)), 0, 1));

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static IEnumerable<string> References(string project, string element) =>
        XDocument.Load(project).Descendants(element).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}
