using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Core.Tests.Permits.Events;

public sealed class EventFieldTests
{
    private static readonly EventField Kind = Field("issued", "kind");

    private static readonly EventField Relation = Field("dependant_added", "relation");

    [Theory]
    [InlineData(-255)]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(int.MaxValue)]
    public void FromNumber_NoneOfTheContract_IsNone(int number) => Assert.Null(Kind.FromNumber(number));

    [Fact]
    public void FromNumber_OfTheContract_IsTheValue()
    {
        Assert.Equal(Enum.GetValues<PermitKind>().Skip(1), Enumerable.Range(1, 5).Select(number => (PermitKind)Kind.FromNumber(number)!));
        Assert.Null(Relation.FromNumber((int)SubjectRole.Holder));
        Assert.Equal(SubjectRole.Parent, Relation.FromNumber((int)SubjectRole.Parent));
    }

    [Fact]
    public void Parse_CodeThatTheFieldExcepts_IsNone()
    {
        Assert.Null(Relation.Parse("holder"));
        Assert.Equal(SubjectRole.Child, Relation.Parse("child"));
        Assert.Equal("must be one of: 'spouse', 'child', 'parent'", Relation.Rule.English);
    }

    [Fact]
    public void Parse_IdentityNumber_IsNotReadFromText() =>
        Assert.Throws<InvalidOperationException>(() => Field("issued", "holder_id").Parse("110105199003072338"));

    private static EventField Field(string type, string name) => EventTypes.Find(type)!.Fields.Single(field => field.Name == name);
}
