using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    private const string CreditCode = "91350100M000100Y43";

    private static readonly IdentityDocument[] OtherDocuments =
        [.. Enum.GetValues<IdentityDocument>().Except([IdentityDocument.ResidentIdentityCard])];

    [Fact]
    public async Task Load_HoldersWithEveryDocument_ComeBackEachWithItsOwnDigest()
    {
        var permit = Number("BJ2024000001");
        var holders = OtherDocuments.Select(document => IssuedTo(permit, document, "110105199003072338")).ToList();
        Assert.True(ResidentIdentityNumber.TryParse("110105199003072338", out var resident));
        holders.Add(WorkPermitIssued(Date(2024, 3, 5)) with { Holder = Digester.Digest(permit, SubjectRole.Holder, resident) });
        Assert.Equal(holders.Count, holders.Select(issued => issued.Holder).Distinct().Count());
        foreach (var issued in holders)
        {
            // The same permit each time: a digest of another would differ anyway.
            await AppendAsync(permit, issued);
            var history = (await Registry.LoadAsync(permit, Token)).History!;
            Assert.Equal(issued, history.Effective.Single().Event);
            Assert.Equal(issued, (await Registry.LoadAsync([permit], Token)).Histories[permit].Effective.Single().Event);
            await AppendAsync(permit, new Annulled(Date(2026, 11, 20), history.Events.Length, "other document"));
        }
    }

    [Fact]
    public async Task Load_FamilyWithEveryDocument_ComesBackAsRecorded()
    {
        var permit = Number("BJ2024000001");
        List<PermitEvent> events = [WorkPermitIssued(Date(2024, 3, 5))];
        foreach (var document in OtherDocuments)
        {
            var child = Digest(permit, SubjectRole.Child, document, "E12345678");
            events.Add(new DependantAdded(Date(2024, 6, 2), SubjectRole.Child, child, document));
        }

        events.Add(
            new DependantRemoved(
                Date(2024, 6, 3),
                SubjectRole.Child,
                Digest(permit, SubjectRole.Child, OtherDocuments[^1], "e1234-5678"),
                OtherDocuments[^1]));
        foreach (var happening in events)
        {
            Assert.Null((await AppendAsync(permit, happening)).Rejection);
        }

        Assert.Equal(events, (await Registry.LoadAsync(permit, Token)).History!.Events.Select(recorded => recorded.Event));
    }

    [Fact]
    public async Task Append_RequestIdOfAnotherDocument_IsTold()
    {
        var permit = Number("BJ2024000001");
        var passport = IssuedTo(permit, IdentityDocument.Passport, "E12345678");
        await AppendAsync(permit, passport, "one");

        Assert.False((await AppendAsync(permit, IssuedTo(permit, IdentityDocument.Passport, "e1234-5678"), "one")).RequestIdReused);
        Assert.True((await AppendAsync(permit, IssuedTo(permit, IdentityDocument.TaiwanPermit, "E12345678"), "one")).RequestIdReused);
        Assert.True((await AppendAsync(permit, passport with { HolderDocument = null }, "one")).RequestIdReused);
    }

    [Fact]
    public async Task Import_HolderWithAPassportAgain_IsRecordedAlready()
    {
        var permit = Number("BJ2024000001");
        var lines = new[] { Line(1, "BJ2024000001", IssuedTo(permit, IdentityDocument.Passport, "E12345678")) };
        await Registry.ImportAsync(Batch("first", 0, isLast: true, lines), Token);

        Assert.Equal(1, (await Registry.ImportAsync(Batch("again", 0, isLast: true, lines), Token)).Progress.AlreadyRecorded);
        var other = Line(1, "BJ2024000001", IssuedTo(permit, IdentityDocument.TaiwanPermit, "E12345678"));
        Assert.Equal(
            RejectCode.AlreadyIssued,
            (await Registry.ImportAsync(Batch("other", 0, isLast: true, [other]), Token)).Rejects.Single().Rejection.Code);
    }

    /// <summary>The form of the payload never changes: what one version wrote, the next ones read.</summary>
    [Fact]
    public void Payload_OfHoldersAndAnnulments_IsWrittenForEver()
    {
        var digest = IdentityDigest.FromBase64(Convert.ToBase64String(new byte[IdentityDigest.Size]));
        var zeros = digest.ToBase64();
        var resident = new Issued(Date(2024, 3, 5), PermitKind.WorkResidencePermit, Holder: digest);

        Assert.Equal($$"""{"kind":"work_residence_permit","holder_id":"{{zeros}}"}""", EventPayload.Write(resident));
        Assert.Equal(
            $$"""{"kind":"work_residence_permit","holder_document":"passport","holder_id":"{{zeros}}"}""",
            EventPayload.Write(resident with { HolderDocument = IdentityDocument.Passport }));
        Assert.Equal(
            $$"""{"relation":"child","id_document":"taiwan_permit","id_number":"{{zeros}}"}""",
            EventPayload.Write(new DependantAdded(Date(2024, 3, 5), SubjectRole.Child, digest, IdentityDocument.TaiwanPermit)));
        Assert.Equal(
            """{"target":"7","reason":"\u8BEF"}""", EventPayload.Write(new Annulled(Date(2024, 3, 5), 7, "误")));
    }

    [Fact]
    public async Task Append_EmployerRegistration_IsAdmittedFromTheDayOfItsRulebook()
    {
        var issued = new Issued(Date(2024, 3, 5), PermitKind.EmployerRegistration, Employer: "中关村软件有限公司");
        Assert.Equal(RejectCode.NotAdmissible, (await AppendAsync(CreditCode, issued)).Rejection?.Code);
        Assert.Equal(0, (await Registry.ReadHeadAsync(Token)).Revision);

        Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
        PermitEvent[] events =
        [
            issued,
            new Inspected(Date(2024, 4, 11), InspectionChannel.Online),
            new Inspected(Date(2025, 5, 11), InspectionChannel.Window),
            new Annulled(Date(2026, 11, 25), 3, "another employer's"),
            new Cancelled(Date(2026, 11, 25), null),
        ];
        foreach (var happening in events)
        {
            Assert.Null((await AppendAsync(CreditCode, happening)).Rejection);
        }

        Assert.Equal(RejectCode.NotAdmissible, (await AppendAsync(CreditCode, new Annulled(Date(2026, 11, 25), 4, "no"))).Rejection?.Code);
        var load = await Registry.LoadAsync(Number(CreditCode), Token);
        Assert.Equal(events, load.History!.Events.Select(recorded => recorded.Event));
        Assert.Equal(load.History.Events, (await Registry.LoadAsync([Number(CreditCode)], Token)).Histories[Number(CreditCode)].Events);
    }

    [Fact]
    public async Task Import_EmployerRegistrationAgain_IsRecordedAlready()
    {
        Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
        var lines = new[]
        {
            Line(1, CreditCode, new Issued(Date(2024, 3, 5), PermitKind.EmployerRegistration)),
            Line(2, CreditCode, new Reissued(Date(2024, 3, 6))),
            Line(3, CreditCode, new Inspected(Date(2024, 4, 11), InspectionChannel.Online)),
        };

        var first = await Registry.ImportAsync(Batch("first", 0, isLast: true, lines), Token);
        var again = await Registry.ImportAsync(Batch("again", 0, isLast: true, lines), Token);

        Assert.Equal((2L, RejectCode.WrongKind), first.Rejects.Select(reject => (reject.Line, reject.Rejection.Code)).Single());
        Assert.Equal((0L, 2L), (again.Progress.EventsLoaded, again.Progress.AlreadyRecorded));
    }

    private static IdentityDigest Digest(PermitNumber permit, SubjectRole role, IdentityDocument document, string text)
    {
        Assert.True(IdentityNumber.TryParse(document, text, out var number));
        return Digester.Digest(permit, role, number);
    }

    private static Issued IssuedTo(PermitNumber permit, IdentityDocument document, string text) =>
        WorkPermitIssued(Date(2024, 3, 5)) with { Holder = Digest(permit, SubjectRole.Holder, document, text), HolderDocument = document };
}
