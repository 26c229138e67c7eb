using System.Text;
using Verification.Core.Permits.RegistryFile;

namespace Verification.Core.Tests.Permits.RegistryFile;

/// <summary>Policy §7: a field that an event does not have is ignored; that no event has it is worth a word.</summary>
public sealed class UnknownFieldsTests
{
    private readonly RegistryLineParser _parser = new(Cases.Digester);

    [Fact]
    public void Parse_NamesThatNoEventHas_AreCountedWithTheirFirstLine()
    {
        Parse(
            """{"permit":"BJ2024000017","event":"issued","on":"2024-03-05","kind":"residence_permit","holderId":"1","Employer":{"employer":"x","inner":1}}""",
            """{"permit":"BJ2024000017","event":"reissued","on":"2024-03-06","employer":"of another event","\u0068olderId":null,"holderId":2}""",
            """{"permitt":"BJ2024000017","event":"reissued","on":"2024-03-06"}""",
            """{"permit":"BJ2024000017","broken":1,""",
            """["list"]""",
            """{"permit":"BJ2024000017","event":"reissued","on":"2024-03-06","":1,"\ud800":2,"holderId":2}""");

        Assert.Equal(
            [new("holderId", 3, 1), new("Employer", 1, 1), new("permitt", 1, 3), new("", 1, 6), new("\uFFFD", 1, 6)],
            _parser.UnknownFields.AsEnumerable());
    }

    [Fact]
    public void Parse_EveryFieldOfThePolicy_IsKnown()
    {
        foreach (var (line, text) in new Cases("2026.2").Events())
        {
            _parser.Parse(line, text);
        }

        Assert.Empty(_parser.UnknownFields);
    }

    [Fact]
    public void Parse_NamesWithoutEnd_AreKeptInBounds()
    {
        Parse([.. Enumerable.Range(0, 1_000).Select(i => $$"""{"{{new string('x', 63)}}😀{{new string('y', i)}}":1,"n{{i}}":2}""")]);

        Assert.Equal(100, _parser.UnknownFields.Length);
        Assert.Equal(new UnknownField(new string('x', 63), 1_000, 1), _parser.UnknownFields[0]);
    }

    private void Parse(params string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            _parser.Parse(i + 1, Encoding.UTF8.GetBytes(lines[i]));
        }
    }
}
