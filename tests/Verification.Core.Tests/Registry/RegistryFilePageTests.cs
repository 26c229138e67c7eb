using System.Text;
using System.Text.RegularExpressions;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Tests.Registry;

/// <summary>
/// <c>docs/registry-file.md</c> against the program. A fenced block of the page says behind its language what it is: <c>json sample</c>
/// is the sample; <c>json CODE</c>, in the section of that reject code, has lines that get it in a file sent after the sample.
/// </summary>
public sealed partial class RegistryFilePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "registry-file.md"));

    private static readonly Rulebook Newest = RulebookLibrary.Embedded.All[^1];

    public static TheoryData<RejectCode> Codes => [.. Enum.GetValues<RejectCode>()];

    [Fact]
    public void Add_Sample_LoadsEveryLine()
    {
        var sample = Lines(Page, "sample");

        var batch = Import([], sample);

        Assert.Empty(batch.Rejected.Select(reject => $"line {reject.Line}: {reject.Rejection.Detail.English}"));
        Assert.Empty(batch.AlreadyRecorded);
        Assert.Equal(sample.Length, batch.Admitted.Count);
    }

    [Fact]
    public void Add_SampleSentAgain_IsRecordedAlready()
    {
        var sample = Lines(Page, "sample");

        var batch = Import(Said(Import([], sample)), sample);

        Assert.Empty(batch.Admitted);
        Assert.Empty(batch.Rejected);
        Assert.Equal(sample.Length, batch.AlreadyRecorded.Count);
    }

    [Fact]
    public void Sample_OfThePage_HasEveryEventAndEveryKind()
    {
        var events = Said(Import([], Lines(Page, "sample"))).Select(statement => statement.Event).ToArray();

        Assert.Empty(EventTypes.All.Select(type => type.Name).Except(events.Select(happening => happening.Name)));
        Assert.Empty(Enum.GetValues<PermitKind>().Except(events.OfType<Issued>().Select(issued => issued.Kind)).Except([PermitKind.None]));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Add_ExamplesOfACode_GetThatCode(RejectCode code)
    {
        var name = CodeNames.NameOf(code);
        var section = Assert.Single(Sections(), part => part.StartsWith($"### {(int)code}. {name}\n", StringComparison.Ordinal));
        var present = Said(Import([], Lines(Page, "sample")));

        var examples = Lines(section, name);

        Assert.NotEmpty(examples);
        Assert.Equal([name], Block().Matches(section).Select(block => block.Groups["what"].Value));
        Assert.All(examples, example => Assert.Equal(code, Assert.Single(Import(present, [example]).Rejected).Rejection.Code));
    }

    [Fact]
    public void Sections_OfCodes_AreThoseThatThereAre() =>
        Assert.Equal(
            Enum.GetValues<RejectCode>().Select(CodeNames.NameOf),
            CodeHeading().Matches(Page).Select(heading => heading.Groups["code"].Value));

    [Fact]
    public void Table_OfEvents_HasEveryEventWithItsFields()
    {
        var rows = Page.Split('\n').Where(text => text.StartsWith("| `", StringComparison.Ordinal)).ToArray();

        foreach (var type in EventTypes.All)
        {
            var row = Assert.Single(rows, line => line.Split('|')[1].Contains($"`{type.Name}`", StringComparison.Ordinal));
            Assert.All(type.Fields, field => Assert.Contains($"`{field.Name}`", row, StringComparison.Ordinal));
        }
    }

    /// <summary>Imports a file of these lines into a registry that holds these events.</summary>
    private static BatchAdmission Import(IEnumerable<PermitStatement> present, IEnumerable<string> lines)
    {
        var parser = new RegistryLineParser(Cases.Digester);
        var batch = new BatchAdmission(Newest, present);
        foreach (var (index, line) in lines.Index())
        {
            batch.Add(parser.Parse(index + 1, Encoding.UTF8.GetBytes(line)));
        }

        return batch;
    }

    private static PermitStatement[] Said(BatchAdmission batch) => [.. batch.Admitted.Select(admitted => admitted.Statement)];

    /// <summary>The lines of the only block of a text that is marked so.</summary>
    private static string[] Lines(string text, string what) =>
        Assert.Single(Block().Matches(text), block => block.Groups["what"].Value == what).Groups["lines"].Value.TrimEnd('\n').Split('\n');

    /// <summary>The page cut before each of its headings.</summary>
    private static string[] Sections() => Heading().Split(Page);

    [GeneratedRegex(@"^```json (?<what>\w+)\n(?<lines>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^### [0-9]+\. (?<code>[A-Z_]+)$", RegexOptions.Multiline)]
    private static partial Regex CodeHeading();

    [GeneratedRegex("^(?=##+ )", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
