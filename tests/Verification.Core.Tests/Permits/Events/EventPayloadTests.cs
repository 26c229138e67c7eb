using CsCheck;
using Verification.Core.Permits.Events;
using Verification.Core.Tests.Rules.Timelines;

namespace Verification.Core.Tests.Permits.Events;

public sealed class EventPayloadTests
{
    [Fact]
    public void Read_OfAnyWrittenEvent_IsTheSameEvent() => RandomHistories.Any.Sample(history => Assert.All(
        history.Events,
        recorded => Assert.Equal(
            recorded.Event,
            EventPayload.Read(recorded.Event.Name, recorded.Event.On, EventPayload.Write(recorded.Event)))));

    [Theory]
    [InlineData("中关村软件有限公司")]
    [InlineData("Café \"Ünïcode\" 🏢")]
    public void Write_TextBeyondAscii_IsAsciiAndComesBack(string employer)
    {
        var transfer = new EmployerChanged(new DateOnly(2024, 1, 1), employer);

        var payload = EventPayload.Write(transfer)!;

        Assert.All(payload, character => Assert.InRange(character, ' ', '~'));
        Assert.Equal(transfer, EventPayload.Read(transfer.Name, transfer.On, payload));
    }

    [Theory]
    [InlineData("issued", null)]
    [InlineData("issued", "{}")]
    [InlineData("issued", "{\"kind\":\"passport\"}")]
    [InlineData("issued", "{\"kind\":\"residence_permit\",\"holder_id\":\"x\"}")]
    [InlineData("issued", "{\"kind\":\"residence_permit\",\"colour\":\"red\"}")]
    [InlineData("inspected", "{\"channel\":\"phone\"}")]
    [InlineData("dependant_added", "{\"relation\":\"holder\",\"id_number\":\"x\"}")]
    [InlineData("cancelled", "{\"reason\":")]
    [InlineData("cancelled", "[]")]
    [InlineData("promoted", null)]
    public void Read_DamagedEvent_IsRefused(string name, string? payload) =>
        Assert.Throws<FormatException>(() => EventPayload.Read(name, new DateOnly(2024, 1, 1), payload));
}
