using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

public sealed class RecordCommandTests
{
    public static TheoryData<string, PermitEvent> Events => new()
    {
        {
            $"issued --kind work_residence_permit --applied-on 2024-01-20 --holder-id {Samples.IdentityNumber} --employer Acme",
            new() { Issued = new() { Kind = PermitKind.WorkResidencePermit, AppliedOn = Samples.Day(2024, 1, 20), HolderId = Samples.IdentityNumber, Employer = "Acme" } }
        },
        {
            "issued --kind TEMPORARY_RESIDENCE_PERMIT --valid-through 2024-09-30",
            new() { Issued = new() { Kind = PermitKind.TemporaryResidencePermit, ValidThrough = Samples.Day(2024, 9, 30) } }
        },
        {
            $"issued --kind residence_permit --holder-id {Samples.PassportNumber.Replace(' ', '-')} --holder-document passport",
            new() { Issued = new() { Kind = PermitKind.ResidencePermit, HolderId = "E1234-5678", HolderDocument = IdentityDocument.Passport } }
        },
        { "issued --kind employer_registration --employer Acme", new() { Issued = new() { Kind = PermitKind.EmployerRegistration, Employer = "Acme" } } },
        { "renewed", new() { Renewed = new() } },
        { "inspected --channel window", new() { Inspected = new() { Channel = InspectionChannel.Window } } },
        { "endorsed", new() { Endorsed = new() } },
        { "extended", new() { Extended = new() } },
        { "cancelled", new() { Cancelled = new() } },
        { "cancelled --reason moved", new() { Cancelled = new() { Reason = "moved" } } },
        { "exchanged --new-permit BJ2", new() { Exchanged = new() { NewPermit = "BJ2" } } },
        { "employment_ended", new() { EmploymentEnded = new() } },
        { "EMPLOYMENT_ENDED --left-on 2024-03-01", new() { EmploymentEnded = new() { LeftOn = Samples.Day(2024, 3, 1) } } },
        {
            "cancellation_deferred --until 2024-08-01 --employer Acme",
            new() { CancellationDeferred = new() { Until = Samples.Day(2024, 8, 1), Employer = "Acme" } }
        },
        { "employer_changed --employer Acme", new() { EmployerChanged = new() { Employer = "Acme" } } },
        { "retained --procedure dependant_change", new() { Retained = new() { Procedure = RetentionProcedure.DependantChange } } },
        { "returned", new() { Returned = new() } },
        { "reissued", new() { Reissued = new() } },
        {
            $"dependant_added --relation child --id {Samples.IdentityNumber}",
            new() { DependantAdded = new() { Relation = SubjectRole.Child, IdNumber = Samples.IdentityNumber } }
        },
        {
            $"dependant_removed --relation spouse --id {Samples.IdentityNumber}",
            new() { DependantRemoved = new() { Relation = SubjectRole.Spouse, IdNumber = Samples.IdentityNumber } }
        },
        {
            "dependant_added --relation child --id H01234567 --id-document Hong_Kong_Macao_Permit",
            new() { DependantAdded = new() { Relation = SubjectRole.Child, IdNumber = "H01234567", IdDocument = IdentityDocument.HongKongMacaoPermit } }
        },
        {
            "dependant_removed --relation child --id 12345678 --id-document taiwan_permit",
            new() { DependantRemoved = new() { Relation = SubjectRole.Child, IdNumber = "12345678", IdDocument = IdentityDocument.TaiwanPermit } }
        },
        { "annulled --target 2 --reason mistyped", new() { Annulled = new() { Target = 2, Reason = "mistyped" } } },
    };

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public async Task Record_EachEvent_ReachesTheService(string words, PermitEvent expected)
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);

        var result = await cli.RunAsync(["record", "BJ2024000017", .. words.Split(' '), "--on", "2024-04-11", "--request-id", "r-1"]);

        expected.PermitNumber = "BJ2024000017";
        expected.On = Samples.Day(2024, 4, 11);
        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal(new RecordEventRequest { RequestId = "r-1", Event = expected }, Assert.Single(sent));
        Assert.DoesNotContain(Samples.IdentityNumber, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("5678", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_WithoutDateAndRequest_UsesBeijingsTodayAndPrintsANewId()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);

        var result = await cli.RunAsync("record", "BJ2024000017", "renewed");

        var request = Assert.Single(sent);
        Assert.Equal(Samples.Day(2026, 5, 4), request.Event.On);
        Assert.True(Guid.TryParse(request.RequestId, out _));
        Assert.Equal(
            ["Recorded   renewed 续签", "On         2026-05-04", "Revision   5313", $"Request    {request.RequestId}", ""],
            result.Lines);
        Assert.Equal(
            $"note: if the answer is lost, repeat it with --request-id {request.RequestId} --on 2026-05-04: it is not recorded twice\n", result.Error);
    }

    [Theory]
    [InlineData("2026-06-03", "", 1)]
    [InlineData("2026-06-04", "", 0)]
    [InlineData("2027-06-01", "", 0)]
    [InlineData("2027-06-01", "--yes", 1)]
    public async Task Record_DateFarAhead_NeedsYesWhereNobodyCanBeAsked(string on, string yes, int sends)
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);

        var result = await cli.RunAsync(
            [.. new[] { "record", "BJ2024000017", "cancelled", "--on", on, "--request-id", "r-1", yes }.Where(word => word.Length > 0)]);

        Assert.Equal(sends, sent.Count);
        Assert.Equal(
            sends == 1 ? (ExitCode.Answered, "") : (ExitCode.BadInput, "error: a date more than 30 days ahead needs --yes where nobody can be asked\n"),
            (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("yes\n", 1)]
    [InlineData("y\n", 0)]
    [InlineData("", 0)]
    public async Task Record_DateFarAheadAtATerminal_IsRecordedWhereTheAnswerIsYes(string typed, int sends)
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);
        cli.IsTerminal = true;
        cli.Input = System.Text.Encoding.UTF8.GetBytes(typed);

        var result = await cli.RunAsync("record", "BJ2024000017", "cancelled", "--on", "2027-06-01");

        Assert.Equal(sends, sent.Count);
        Assert.StartsWith(
            "2027-06-01 is 393 days ahead; until then the permit takes no other event. Record it? Type yes: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_SameRequestAgain_SaysRecordedBefore()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Record = _ => new RecordEventResponse { Revision = 12, AlreadyRecorded = true };

        var result = await cli.RunAsync("record", "BJ2024000017", "renewed", "--request-id", "r-1");

        Assert.Contains("Recorded before   renewed 续签", result.Lines);
    }

    [Fact]
    public async Task Record_Json_NamesTheRequest()
    {
        await using var cli = await CommandLine.StartAsync();
        Answer(cli);

        var result = await cli.RunAsync("record", "BJ2024000017", "renewed", "--request-id", "r-1", "--json");

        Assert.Equal("5313", result.Json.GetProperty("revision").GetString());
        Assert.False(result.Json.GetProperty("already_recorded").GetBoolean());
        Assert.Equal("r-1", result.Json.GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData("renewed --employer Acme", "renewed takes no --employer")]
    [InlineData("issued --kind residence_permit --valid-through 2024-09-30", "issued takes no --valid-through")]
    [InlineData("issued --kind temporary_residence_permit", "issued needs --valid-through")]
    [InlineData("issued", "issued needs --kind")]
    [InlineData("inspected", "inspected needs --channel")]
    [InlineData("inspected --channel phone", "--channel must be one of: online, window")]
    [InlineData("dependant_added --relation holder --id 1", "--relation must be one of: spouse, child, parent")]
    [InlineData("dependant_added --relation child", "dependant_added needs --id")]
    [InlineData("issued --kind residence_permit --holder-document passport", "--holder-document needs --holder-id")]
    [InlineData("issued --kind residence_permit --holder-id 1 --holder-document card", "--holder-document must be one of: resident_identity_card, passport, hong_kong_macao_permit, taiwan_permit, foreign_permanent_resident_card")]
    [InlineData("issued --kind residence_permit --id-document passport", "issued takes no --id-document")]
    [InlineData("employment_ended --left-on 2023-02-29", "--left-on must be a date that exists, as YYYY-MM-DD")]
    public async Task Record_WrongOptions_IsAUsageError(string words, string message)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(["record", "BJ2024000017", .. words.Split(' ')]);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Equal($"error: {message}\n", result.Error);
    }

    [Fact]
    public async Task Record_Help_NamesEveryEventOfTheContract()
    {
        await using var cli = await CommandLine.StartAsync();

        var help = (await cli.RunAsync("record", "--help")).Output;

        Assert.All(PermitEvent.Descriptor.Oneofs[0].Fields, happening => Assert.Contains(happening.Name, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Record_UnknownEvent_ListsTheEvents()
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("record", "BJ2024000017", "promoted");

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("error: EVENT must be one of: issued, renewed, inspected,", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_NotAdmissible_IsBadInputWithTheRejectCode()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Record = _ => throw Faults.Create(StatusCode.FailedPrecondition, "NOT_ADMISSIBLE", "Renewal is not open yet.");

        var result = await cli.RunAsync("record", "BJ2024000017", "renewed", "--request-id", "r-1");

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Equal("error: Renewal is not open yet. (NOT_ADMISSIBLE)\n", result.Error);
    }

    [Fact]
    public async Task Record_ServiceGone_SaysHowToRepeatSafely()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Record = _ => throw Faults.Create(StatusCode.Unavailable, "REGISTRY_STALE", "The registry does not answer.");

        var result = await cli.RunAsync("record", "BJ2024000017", "renewed", "--request-id", "r-1");

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.Contains("note: repeat it with --request-id r-1 --on 2026-05-04: it is not recorded twice\n", result.Error, StringComparison.Ordinal);
    }

    private static List<RecordEventRequest> Answer(CommandLine cli)
    {
        var sent = new List<RecordEventRequest>();
        cli.Script.Record = request =>
        {
            sent.Add(request);
            return new RecordEventResponse { Revision = 5313 };
        };
        return sent;
    }
}
