using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Permits.Verification.V1;
using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

/// <summary>The table of words has every code of the contract and everything that the page says, in both languages.</summary>
public sealed partial class WordsTests(PageSite site)
{
    private static readonly (string Prefix, EnumDescriptor Type)[] Codes =
    [
        ("kind", Enum<PermitKind>()),
        ("apart", Enum<PermitKind>()),
        ("status", Enum<PermitStatus>()),
        ("changes", Enum<PermitStatus>()),
        ("reason", Enum<StatusReason>()),
        ("entitlement", Enum<Entitlement>()),
        ("decision", Enum<Decision>()),
        ("basis", Enum<Basis>()),
        ("role", Enum<SubjectRole>()),
        ("document", Enum<IdentityDocument>()),
        ("subject", Enum<SubjectMatch>()),
        ("card", Enum<CardMatch>()),
        ("class", Enum<ConsumerClass>()),
        ("permission", Enum<ConsumerRole>()),
        ("repetition", Enum<RepetitionOutcome>()),
        ("call", Enum<RecordedCall>()),
    ];

    // Fields of the contract, and a part of the page.
    private static readonly string[] NoKeys = ["subject.identity_number", "subject.role", "subject.document", "nav.views"];

    private const string Table =
        """
        async () => JSON.stringify((await import('/page/words.js')).table)
        """;

    [Fact]
    public async Task Codes_OfTheContract_HaveWordsInBothLanguages()
    {
        var table = await TableAsync();

        foreach (var (prefix, type) in Codes)
        {
            var common = CommonPrefix(type);
            var codes = type.Values.Select(value => value.Name[common.Length..]).Where(code => code != "UNSPECIFIED");
            Assert.All(codes, code => Assert.True(table.ContainsKey($"{prefix}.{code}"), $"{prefix}.{code} has no words."));
        }
    }

    [Fact]
    public async Task Words_OfTheTable_AreChineseAndEnglish()
    {
        var table = await TableAsync();

        Assert.True(table.Count > 250);
        Assert.All(table.Where(it => !Punctuation().IsMatch(it.Key)), entry =>
        {
            Assert.Equal(2, entry.Value.Length);
            Assert.DoesNotMatch("^ | $|^$", entry.Value[1]);
            if (!entry.Value[0].StartsWith('{'))
            {
                Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", entry.Value[0]);
                Assert.Matches("[A-Za-z]", entry.Value[1]);
            }

            // What is filled in is filled in in both.
            Assert.Equal(Holes(entry.Value[0]), Holes(entry.Value[1]));
        });
    }

    /// <summary>Every key that a module names is in the table, and none is there for nothing.</summary>
    [Fact]
    public async Task Keys_NamedByTheModules_AreThoseOfTheTable()
    {
        var table = await TableAsync();
        var modules = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Metadata.WebRoot, "page"), "*.js").Select(File.ReadAllText));
        var named = Literal().Matches(modules).Select(match => match.Groups["key"].Value).Where(key => Group().IsMatch(key)).ToHashSet();
        string[] computed = [.. Codes.Select(it => $"{it.Prefix}."), "error.", "procedure.", "title.", "nav.", "column."];

        Assert.True(named.Count > 100);
        Assert.Equal([], named.Except(table.Keys).Except(NoKeys));
        Assert.Equal([], table.Keys.Except(named).Where(key => !computed.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))));
    }

    private static EnumDescriptor Enum<T>() => CodesReflection.Descriptor.EnumTypes.Single(type => type.ClrType == typeof(T));

    private static string CommonPrefix(EnumDescriptor type)
    {
        var zero = type.Values.Single(value => value.Number == 0).Name;
        return zero[..^"UNSPECIFIED".Length];
    }

    private static string Holes(string words) => string.Join(' ', Hole().Matches(words).Select(hole => hole.Value).Distinct().Order());

    [GeneratedRegex(@"^(stop|comma|semicolon|yes|no)$")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"'(?<key>(?:[a-z]+\.[A-Za-z_]+)|stop|comma|semicolon|yes|no)'")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^(answer|apart|basis|call|card|changes|check|class|column|comma|decision|document|entitlement|error|kind|list|me|nav|no|notice|permission|procedure|procedures|reason|record|repetition|role|semicolon|signin|status|stop|subject|timeline|title|yes)(\.|$)")]
    private static partial Regex Group();

    private async Task<Dictionary<string, string[]>> TableAsync()
    {
        await using var tab = await site.OpenAsync();
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(await tab.Page.EvaluateAsync<string>(Table))!;
    }
}
