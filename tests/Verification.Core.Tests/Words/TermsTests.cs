using System.Text.Json;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Tests.Words;

/// <summary>The table of terms: every code that a person meets, in both languages.</summary>
public sealed class TermsTests
{
    [Fact]
    public void Table_EveryEntry_HasBothLanguages()
    {
        using var stream = Terms.Open();
        using var table = JsonDocument.Parse(stream);
        foreach (var section in table.RootElement.EnumerateObject())
        {
            foreach (var entry in section.Value.EnumerateObject())
            {
                var term = Terms.Find(section.Name, entry.Name)!;
                var texts = term.Meaning is { } meaning ? new[] { term.Name, meaning } : [term.Name];
                Assert.All(texts, text => Assert.True(text.English.Length > 0 && IsChinese(text.Chinese), $"{section.Name}.{entry.Name}: {text}"));
            }
        }
    }

    [Theory]
    [InlineData("permit_kind", typeof(PermitKind))]
    [InlineData("permit_status", typeof(PermitStatus))]
    [InlineData("entitlement", typeof(Entitlement))]
    [InlineData("decision", typeof(Decision))]
    [InlineData("basis", typeof(Basis))]
    [InlineData("identity_document", typeof(IdentityDocument))]
    [InlineData("subject_role", typeof(SubjectRole))]
    [InlineData("subject_match", typeof(SubjectMatch))]
    [InlineData("card_match", typeof(CardMatch))]
    [InlineData("inspection_channel", typeof(InspectionChannel))]
    [InlineData("retention_procedure", typeof(RetentionProcedure))]
    [InlineData("consumer_class", typeof(ConsumerClass))]
    [InlineData("reject_code", typeof(RejectCode))]
    [InlineData("status_reason", typeof(StatusReasons))]
    public void Section_OfAnEnum_HasAllItsCodes(string section, Type codes) => Assert.Equal(
        Enum.GetNames(codes).Where(name => name != "None").Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName).Order(StringComparer.Ordinal),
        Terms.All(section).Select(term => term.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void Section_OfEvents_HasAllOfThem() =>
        Assert.Equal(EventTypes.All.Select(type => type.Name).Order(), Terms.All("event").Select(term => term.Code).Order());

    /// <summary>The names that a rulebook gives its procedures are the official ones.</summary>
    [Fact]
    public void Section_OfProcedures_HasAllOfThemByTheirOfficialNames()
    {
        var procedures = RulebookLibrary.Embedded.All.SelectMany(rulebook => rulebook.Procedures).DistinctBy(procedure => procedure.Code);

        Assert.Equal(
            procedures.Select(procedure => (procedure.Code, procedure.NameChinese)).Order(),
            Terms.All("procedure").Select(term => (term.Code, term.Name.Chinese)).Order());
    }

    // What the authorities say, too, and the policy has no reason to.
    private static readonly string[] Everyday = ["有效", "过期", "护照", "外国人永久居留身份证", "发证"];

    /// <summary>What is marked as official stands so in the policy.</summary>
    [Fact]
    public void Official_Terms_StandInThePolicy()
    {
        var policy = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.md"));
        var missing = Terms.Sections.SelectMany(Terms.All).Where(term => term.IsOfficial && !Everyday.Contains(term.Name.Chinese) && !policy.Contains(term.Name.Chinese, StringComparison.Ordinal));

        Assert.Empty(missing.Select(term => $"{term.Code} {term.Name.Chinese}"));
    }

    [Fact]
    public void Find_CodeOfALaterVersion_IsNull()
    {
        Assert.Null(Terms.Find("permit_status", "SUSPENDED"));
        Assert.Null(Terms.Find("moon_phase", "FULL"));
    }

    [Fact]
    public void Of_Value_IsItsTerm() => Assert.Equal("尚未生效", Terms.Of(PermitStatus.NotYetValid).Name.In(Language.Chinese));

    private static bool IsChinese(string text) => text is "Redis" || text.Any(character => character is >= '\u4E00' and <= '\u9FFF');
}
