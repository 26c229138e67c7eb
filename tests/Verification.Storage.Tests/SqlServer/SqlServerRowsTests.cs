using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>What rows say, without a server.</summary>
public sealed class SqlServerRowsTests
{
    /// <summary>Of a form that what people write may have no longer, as it is an identity number's.</summary>
    private const string Outgrown = "110105199003072338";

    [Fact]
    public void ToChanges_NumberOfAFormThatInputHasNoLonger_AnswersIt()
    {
        var changes = ChangeRow.ToChanges([new ChangeRow { Counter = 2, MarkPermit = Outgrown, MarkSequence = 1, Revision = 2, Permit = Outgrown }]);

        Assert.Equal(Outgrown, changes.MarkAtSince?.Permit.ToString());
        Assert.Equal(Outgrown, Assert.Single(changes.Changes).Permit.ToString());
    }

    [Fact]
    public void ToHistories_NumberOfAFormThatInputHasNoLonger_AnswersIt()
    {
        var histories = EventRow.ToHistories(
            [new EventRow { Permit = Outgrown, Revision = 1, Type = "issued", Payload = """{"kind":"work_residence_permit"}""", RecordedBy = "bureau" }]);

        Assert.Equal(Outgrown, Assert.Single(histories).Key.ToString());
    }

    [Theory]
    [InlineData("bj2024000001")]
    [InlineData("BJ 2024000001")]
    public void ToChanges_NumberThatIsNotCanonical_IsDamaged(string stored) =>
        Assert.Throws<FormatException>(() => ChangeRow.ToChanges([new ChangeRow { Revision = 1, Permit = stored }]));
}
