using System.Text.RegularExpressions;

namespace Verification.EndToEnd.Tests.Architecture;

/// <summary>
/// What is named as <c>§N</c> or <c>[A §N]</c> in the code, the contract, the rulebooks and the pages leads somewhere:
/// <c>docs/policy.md</c> has the section, or says what the letter stands for.
/// </summary>
public sealed partial class PolicyPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "policy.md"));

    private static readonly (string Folder, string Pattern, SearchOption Depth)[] Files =
    [
        ("src", "*.cs", SearchOption.AllDirectories),
        ("src", "rulebook-*.json", SearchOption.AllDirectories),
        ("protos", "*.proto", SearchOption.AllDirectories),
        ("docs", "*.md", SearchOption.TopDirectoryOnly),
        (".", "*.md", SearchOption.TopDirectoryOnly),
    ];

    [Fact]
    public void Sections_NamedAnywhere_AreHeadingsOfThePage()
    {
        var headings = SectionHeading().Matches(Page).Select(heading => heading.Groups["section"].Value).ToHashSet();
        var named = Texts()
            .Select(text => (text.File, Text: Rfc().Replace(Source().Replace(text.Text, string.Empty), string.Empty)))
            .SelectMany(text => Section().Matches(text.Text), (text, section) => (text.File, Section: section.Groups["section"].Value))
            .ToArray();

        Assert.True(named.Length > 50, "Comments name the sections that the code follows.");
        Assert.Empty(named.Where(name => !headings.Contains(name.Section)).Select(name => $"{name.File}: §{name.Section}"));
    }

    [Fact]
    public void Sources_NamedAnywhere_AreExplainedByThePage()
    {
        var explained = SourceExplained().Matches(Page).Select(source => source.Groups["letter"].Value).ToHashSet();
        var named = Texts()
            .SelectMany(text => Source().Matches(text.Text), (text, source) => (text.File, Letter: source.Groups["letter"].Value))
            .ToArray();

        Assert.True(named.Length > 50, "Rulebooks name the sources that their values rest on.");
        Assert.Empty(named.Where(name => !explained.Contains(name.Letter)).Select(name => $"{name.File}: [{name.Letter}]"));
    }

    /// <summary>All texts that may name a section or a source, each in one line: a comment may break within a name.</summary>
    private static IEnumerable<(string File, string Text)> Texts() =>
        from files in Files
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, files.Folder), files.Pattern, files.Depth)
        let name = Path.GetRelativePath(Repository.Root, path)
        where !name.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin")
        select (name, LineBreak().Replace(File.ReadAllText(path), " "));

    [GeneratedRegex(@"^## (?<section>\d+[a-z]?)\. ", RegexOptions.Multiline)]
    private static partial Regex SectionHeading();

    [GeneratedRegex(@"^- \*\*\[(?<letter>[A-Z])\]\*\* \S", RegexOptions.Multiline)]
    private static partial Regex SourceExplained();

    [GeneratedRegex(@"§(?<section>\d+[a-z]?(\.\d+)*)")]
    private static partial Regex Section();

    /// <summary>A source with its own sections or articles, as in <c>[A §3.5, §5]</c>; no index or attribute of code.</summary>
    [GeneratedRegex(@"(?<![\w\])])\[(?<letter>[A-Z])( (§|art\.)[^\[\]]*)?\]")]
    private static partial Regex Source();

    /// <summary>A section of a standard.</summary>
    [GeneratedRegex(@"\bRFC \d+ §\d+(\.\d+)*((,| and) §\d+(\.\d+)*)*")]
    private static partial Regex Rfc();

    [GeneratedRegex(@"\s*\n\s*(//+\s*)?")]
    private static partial Regex LineBreak();
}
