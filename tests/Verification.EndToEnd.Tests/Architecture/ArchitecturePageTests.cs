using System.Text.RegularExpressions;

namespace Verification.EndToEnd.Tests.Architecture;

public sealed partial class ArchitecturePageTests
{
    [Fact]
    public void Files_NamedByThePage_AreThere()
    {
        var there = ((string[])["src", "tests"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(path)!)
            .ToHashSet();
        var named = FileName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"))).Select(name => name.Value).ToArray();

        Assert.True(named.Length > 30, "The page names the files on the way of a check, of an event and of a change.");
        Assert.Empty(named.Except(there));
    }

    [GeneratedRegex(@"\w+\.cs\b")]
    private static partial Regex FileName();
}
