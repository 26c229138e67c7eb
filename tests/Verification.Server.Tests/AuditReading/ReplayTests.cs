using System.Globalization;
using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Checks;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.AuditReading;

/// <summary>Asked again from its record, every verdict of the past comes out as it did.</summary>
public sealed class ReplayTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Number = "BJ2024000017";

    private static readonly int Checks = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_REPLAYS") ?? "3000", CultureInfo.InvariantCulture);

    private readonly WatchedRecords _records = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(
        configure: builder => _records.PutInto(builder.Services), now: new DateTimeOffset(2026, 12, 1, 4, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Checks of the policy's cases by every class, while events are recorded and annulled between them.</summary>
    [Fact]
    public async Task Replay_RandomRunWithAnnulments_ComesOutTheSame()
    {
        await _server.ImportAsync("cases", await CasesTests.EventsAsync("2026.2"));
        var cases = CasesTests.Checks("2026.2").ToArray();
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        string[] consumers = ["housing", "vehicle", "school", TestConsumers.Authority];
        var (answered, last, annulled) = (0, string.Empty, 0);
        while (answered < Checks)
        {
            using var channel = _server.Connect(consumers[random.Next(consumers.Length)]);
            var batch = new BatchVerifyPermitsRequest();
            batch.Checks.AddRange(Enumerable.Range(0, 500).Select(_ => cases[random.Next(cases.Length)]));
            var items = (await new VerificationService.VerificationServiceClient(channel).BatchVerifyPermitsAsync(batch)).Items;

            // Who guesses too often is refused.
            var answers = items.Where(item => item.Error is null).ToArray();
            answered += answers.Length;
            last = answers[^1].Response.Provenance.CheckId;
            for (var changes = 0; changes < 10; changes++)
            {
                annulled += await ChangeAsync(cases[random.Next(cases.Length)].PermitNumber);
            }
        }

        await _server.CopiedAsync(last);

        var begun = TimeProvider.System.GetTimestamp();
        var run = await _server.ReplayAsync(new() { Query = AuditCalls.Always() });
        var took = TimeProvider.System.GetElapsedTime(begun);

        Assert.Null(run.FirstDifference);
        Assert.Equal((answered, 0, 0), (run.Same, run.Different, run.NotRepeatable));
        Assert.True(annulled > 0, "Nothing was annulled.");
        output.WriteLine($"{run.Same} came out the same, in {took.TotalSeconds:0.0} s; {annulled} events were annulled between them.");
    }

    [Fact]
    public async Task Replay_AlteredVerdict_IsReportedWithBothAnswers()
    {
        var ids = await AskAsync(5);
        _records.Change = record => record.CheckId.ToString() != ids[2] ? record : record with
        {
            Answer = record.Answer!.Value with { Standing = new(Core.Rules.Codes.PermitStatus.Frozen, default) },
        };

        var run = await _server.ReplayAsync(new() { Query = AuditCalls.Always(query => query.Consumer = "housing") });

        Assert.Equal((5, 4, 1, 0), (run.RecordsRead, run.Same, run.Different, run.NotRepeatable));
        Assert.Equal(
            (ids[2], PermitStatus.Frozen, PermitStatus.Valid),
            (run.FirstDifference.Record.Record.CheckId, run.FirstDifference.Record.Record.Answer.Status, run.FirstDifference.Verdict.Status));
    }

    /// <summary>The first that differs is the first of the chain, however many follow.</summary>
    [Fact]
    public async Task Replay_AlteredDecision_IsDifferent()
    {
        var ids = await AskAsync(4);
        _records.Change = record => record.Decisions.IsEmpty ? record : record with
        {
            Decisions = record.Decisions.SetItem(0, record.Decisions[0] with { Decision = Core.Rules.Codes.Decision.Conditional }),
        };

        var run = await _server.ReplayAsync(new() { Query = AuditCalls.Always(query => query.Consumer = "housing") });

        Assert.Equal((4, ids[0]), (run.Different, run.FirstDifference.Record.Record.CheckId));
    }

    [Fact]
    public async Task Replay_RevisionLostByARestore_CannotBeRepeated()
    {
        await _server.RecordAsync(Calls.Issued(Number, "2026-08-01"));
        var backup = RegistryBackup.Of(_server.Folder);
        await AskAsync(2, issue: false);
        await _server.RecordAsync(new PermitEvent { PermitNumber = Number, On = Calls.Date("2026-11-01"), Cancelled = new Cancelled() });
        await AskAsync(3, issue: false);
        _server.ExpectsError = TestServer.IsWentBack;
        backup.RestoreInPlace();
        await _server.Registry.MarkRestoredAsync(new());
        await _server.LeapAsync(TimeSpan.FromSeconds(1));

        var run = await _server.ReplayAsync(new() { Query = AuditCalls.Always(query => query.Consumer = "housing") });

        Assert.Equal((5, 2, 0, 3), (run.RecordsRead, run.Same, run.Different, run.NotRepeatable));
        Assert.Null(run.FirstDifference);
    }

    [Fact]
    public async Task Replay_CallsWithoutAVerdict_AreCountedApart()
    {
        await AskAsync(1);
        using var housing = _server.Connect("housing");
        var caller = new VerificationService.VerificationServiceClient(housing);
        await caller.GetTimelineAsync(new() { PermitNumber = Number });
        await Calls.ErrorOfAsync(async () => await caller.VerifyPermitAsync(Calls.Check("BJ!")));
        await _server.RecordedAsync(housing, Calls.Check(Number));

        var run = await _server.ReplayAsync(new() { Query = AuditCalls.Always(query => query.Consumer = "housing") });

        Assert.Equal((4, 2, 2), (run.RecordsRead, run.Same, run.WithoutVerdict));
    }

    [Fact]
    public async Task Replay_ByName_AsksTheseAloneAgain()
    {
        var ids = await AskAsync(5);

        var run = await _server.ReplayAsync(new() { CheckIds = new() { Values = { ids[1], ids[3] } } });

        Assert.Equal((2, 2), (run.RecordsRead, run.Same));
        Assert.Equal(
            (StatusCode.NotFound, "CHECK_UNKNOWN"),
            await Calls.ErrorOfAsync(() => _server.ReplayAsync(new() { CheckIds = new() { Values = { AuditCalls.IdMadeAt(DateTimeOffset.UnixEpoch) } } })));
        Assert.Equal(
            "check_ids.values[1]:MALFORMED_CHECK_ID",
            await Calls.WrongFieldsOfAsync(() => _server.ReplayAsync(new() { CheckIds = new() { Values = { ids[1], "x" } } })));
    }

    [Fact]
    public async Task Replay_Sample_LeavesOutTheOthers()
    {
        using var housing = _server.Connect("housing");
        await AskAsync(1);
        var batch = new BatchVerifyPermitsRequest();
        batch.Checks.AddRange(Enumerable.Repeat(Calls.Check(Number), 1_000));
        var items = (await new VerificationService.VerificationServiceClient(housing).BatchVerifyPermitsAsync(batch)).Items;
        await _server.CopiedAsync(items[^1].Response.Provenance.CheckId);

        var run = await _server.ReplayAsync(new() { Query = AuditCalls.Always(query => query.Consumer = "housing"), SampleOneIn = 10 });

        Assert.Equal((1_001, 1_001), (run.RecordsRead, run.Same + run.LeftOut));
        Assert.InRange(run.Same, 30, 250);
    }

    /// <summary>Asks about a permit, so many times, and waits for the records.</summary>
    private async Task<string[]> AskAsync(int checks, bool issue = true)
    {
        if (issue)
        {
            await _server.RecordAsync(Calls.Issued(Number, "2026-08-01"));
        }

        using var housing = _server.Connect("housing");
        var ids = new List<string>();
        for (var i = 0; i < checks; i++)
        {
            ids.Add((await new VerificationService.VerificationServiceClient(housing).VerifyPermitAsync(Calls.Check(Number))).Provenance.CheckId);
        }

        await _server.CopiedAsync(ids[^1]);
        return [.. ids];
    }

    /// <summary>Records something that is admissible of a permit, or takes its last event back.</summary>
    /// <returns>How many events were annulled.</returns>
    private async Task<int> ChangeAsync(string number)
    {
        try
        {
            await _server.RecordAsync(new PermitEvent { PermitNumber = number, On = Calls.Date("2026-12-01"), Reissued = new Reissued() });
            return 0;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.FailedPrecondition)
        {
            var history = await _server.Registry.GetPermitAsync(new() { PermitNumber = number });
            var target = history.Events.LastOrDefault(recorded => recorded is { AnnulledByPlace: 0, Event.Annulled: null });
            return target is null ? 0 : await AnnulAsync(number, target);
        }
    }

    private async Task<int> AnnulAsync(string number, RecordedEvent target)
    {
        try
        {
            await _server.RecordAsync(new PermitEvent
            {
                PermitNumber = number,
                On = target.Event.On.Year > 2026 ? target.Event.On : Calls.Date("2026-12-01"),
                Annulled = new Annulled { Target = target.Place, Reason = "录错" },
            });
            return 1;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.FailedPrecondition or StatusCode.InvalidArgument)
        {
            // Not admissible, or of an event more than a year ahead.
            return 0;
        }
    }
}
