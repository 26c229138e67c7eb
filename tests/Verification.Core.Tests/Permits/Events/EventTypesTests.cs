using System.Text;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;

namespace Verification.Core.Tests.Permits.Events;

public sealed class EventTypesTests
{
    [Fact]
    public void All_EverySubtypeOfAnEvent_IsThereOnce() => Assert.Equal(
        typeof(PermitEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PermitEvent))).OrderBy(type => type.Name),
        EventTypes.All.Select(type => type.Happening).OrderBy(type => type.Name));

    [Fact]
    public void All_FieldsOfOneName_AreOfOneKind() => Assert.All(
        EventTypes.All.SelectMany(type => type.Fields).GroupBy(field => field.Name),
        fields => Assert.Single(fields.Select(field => field.Kind).Distinct()));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2147483647", 2_147_483_647)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1.0", null)]
    [InlineData("1e0", null)]
    [InlineData("2147483648", null)]
    public void Parse_Number_IsWholeAndFromOne(string text, int? expected) =>
        Assert.Equal(expected, EventField.Number("place", (Renewed _) => 1).Parse(text));

    [Fact]
    public void Number_InALine_IsNoText()
    {
        var fields = new LineFields();

        Assert.True(fields.TryRead(Encoding.UTF8.GetBytes("""{"permit":17,"event":"17"}""")));

        Assert.Equal(("17", null), (fields.Number(LineForm.Permit), fields.Text(LineForm.Permit)));
        Assert.Equal((null, "17"), (fields.Number(LineForm.Event), fields.Text(LineForm.Event)));
    }
}
