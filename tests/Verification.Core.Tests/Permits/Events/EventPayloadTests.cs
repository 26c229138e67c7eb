using System.Text;
using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Tests.Rules.Timelines;

namespace Verification.Core.Tests.Permits.Events;

public sealed class EventPayloadTests
{
    // Base64 has '+', which the stored form escapes.
    private const string DigestText = "AAAAAfv7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7";

    private static readonly string EscapedDigest = DigestText.Replace("+", "\\u002B", StringComparison.Ordinal);

    [Fact]
    public void Read_OfAnyWrittenEvent_IsTheSameEvent() => RandomHistories.Any.Sample(history => Assert.All(
        history.Events,
        recorded => Assert.Equal(
            recorded.Event,
            EventPayload.Read(recorded.Event.Name, recorded.Event.On, EventPayload.Write(recorded.Event)))));

    /// <summary>Rows written long ago are read, and repeats are found by what is stored: the form never changes.</summary>
    [Fact]
    public void Write_EveryEvent_IsTheStoredForm() => Assert.Equal(StoredForms, StoredEvents.Select(EventPayload.Write));

    [Fact]
    public void Read_EveryStoredForm_IsTheEvent() => Assert.Equal(
        StoredEvents,
        StoredEvents.Zip(StoredForms).Select(pair => EventPayload.Read(pair.First.Name, pair.First.On, pair.Second)));

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

    private static readonly DateOnly On = new(2024, 3, 5);

    private static readonly IdentityDigest Digest = IdentityDigest.FromBase64(DigestText);

    private static readonly PermitEvent[] StoredEvents =
    [
        new Issued(On, PermitKind.WorkResidencePermit, new DateOnly(2024, 1, 20), Digest, "中关村", null),
        new Issued(On, PermitKind.TemporaryResidencePermit, ValidThrough: new DateOnly(9999, 12, 31)),
        new Issued(On, PermitKind.ResidencePermit, Employer: string.Empty),
        new Renewed(On),
        new Inspected(On, InspectionChannel.Online),
        new EmploymentEnded(On, On),
        new EmploymentEnded(On, new DateOnly(1, 1, 1)),
        new CancellationDeferred(On, new DateOnly(2024, 8, 1), "a<b>'\"\\/&+"),
        new EmployerChanged(On, "Ünï 🏢\t"),
        new Retained(On, RetentionProcedure.InformationChange),
        new Returned(On),
        new Reissued(On),
        new DependantAdded(On, SubjectRole.Child, Digest),
        new DependantRemoved(On, SubjectRole.Parent, Digest),
        new Endorsed(On),
        new Extended(On),
        new Exchanged(On, PermitNumber.Parse("JZ2025000001")),
        new Cancelled(On, null),
        new Cancelled(On, "离京"),
    ];

    private static readonly string?[] StoredForms =
    [
        "{\"kind\":\"work_residence_permit\",\"applied_on\":\"2024-01-20\",\"holder_id\":\"" + EscapedDigest + "\",\"employer\":\"\\u4E2D\\u5173\\u6751\"}",
        "{\"kind\":\"temporary_residence_permit\",\"valid_through\":\"9999-12-31\"}",
        "{\"kind\":\"residence_permit\",\"employer\":\"\"}",
        null,
        "{\"channel\":\"online\"}",
        null,
        "{\"left_on\":\"0001-01-01\"}",
        "{\"employer\":\"a\\u003Cb\\u003E\\u0027\\u0022\\\\/\\u0026\\u002B\",\"until\":\"2024-08-01\"}",
        "{\"employer\":\"\\u00DCn\\u00EF \\uD83C\\uDFE2\\t\"}",
        "{\"procedure\":\"information_change\"}",
        null,
        null,
        "{\"relation\":\"child\",\"id_number\":\"" + EscapedDigest + "\"}",
        "{\"relation\":\"parent\",\"id_number\":\"" + EscapedDigest + "\"}",
        null,
        null,
        "{\"new_permit\":\"JZ2025000001\"}",
        null,
        "{\"reason\":\"\\u79BB\\u4EAC\"}",
    ];

    /// <summary>What is read without a JSON reader is what that would read; the rest is left to it.</summary>
    [Fact]
    public void TryRead_EveryStoredForm_IsTheEventOrLeftToTheJsonReader()
    {
        var left = new List<string?>();
        foreach (var (stored, form) in StoredEvents.Zip(StoredForms).Where(pair => pair.Second is not null))
        {
            if (PlainPayload.TryRead(EventTypes.Of(stored), Encoding.UTF8.GetBytes(form!)) is { } values)
            {
                Assert.Equal(stored, EventTypes.Of(stored).Create(On, values));
            }
            else
            {
                left.Add(form);
            }
        }

        // Escapes of one character, halves of a pair, and a permit number.
        Assert.Equal([StoredForms[7], StoredForms[8], StoredForms[16]], left);
    }

    [Theory]
    [InlineData("inspected", "{\"channel\": \"online\"}")]
    [InlineData("inspected", "{\"channel\":\"onl\\u0069ne\"}")]
    [InlineData("inspected", "{\"channel\":\"window\",\"channel\":\"online\"}")]
    [InlineData("inspected", "{\"\\u0063hannel\":\"online\"}")]
    [InlineData("inspected", " {\"channel\":\"online\"}\n")]
    public void Read_OtherJsonOfTheSame_IsTheEvent(string name, string payload)
    {
        Assert.Null(PlainPayload.TryRead(EventTypes.Find(name)!, Encoding.UTF8.GetBytes(payload)));
        Assert.Equal(new Inspected(On, InspectionChannel.Online), EventPayload.Read(name, On, payload));
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
    [InlineData("cancelled", "{} {}")]
    [InlineData("cancelled", "{\"reason\":17}")]
    [InlineData("cancelled", "{\"reason\":null}")]
    [InlineData("cancelled", "{\"reason\":\"a\tb\"}")]
    [InlineData("cancelled", "{\"reason\":\"a\\qb\"}")]
    [InlineData("cancelled", "{\"reason\":\"\\u00G0\"}")]
    [InlineData("cancelled", "{\"reason\":\"\\u00\"}")]
    [InlineData("cancelled", "{\"reason\":\"\\uD83C\"}")]
    [InlineData("cancelled", "{\"reason\":\"a\",}")]
    [InlineData("cancelled", "{\"reason\":\"a\"}}")]
    [InlineData("cancelled", "{\"reason\":\"a\\\"}")]
    [InlineData("cancellation_deferred", "{\"employer\":\"a\"}")]
    [InlineData("promoted", null)]
    public void Read_DamagedEvent_IsRefused(string name, string? payload) =>
        Assert.Throws<FormatException>(() => EventPayload.Read(name, new DateOnly(2024, 1, 1), payload));
}
