using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Server.Configuration;
using Verification.Server.Hosting.Demo;
using Verification.Server.Tests.Support;
using Contract = Permits.Verification.V1;
using PermitKind = Verification.Core.Permits.PermitKind;
using PermitStatus = Verification.Core.Rules.Codes.PermitStatus;

namespace Verification.Server.Tests.Hosting.Demo;

public sealed class DemoTests
{
    /// <summary>Every day of four years, leap day and both terms included, in steps that no month follows.</summary>
    [Fact]
    public void DemoFile_AnyToday_IsAdmittedAndHasEveryKindAndStatus()
    {
        for (var today = new DateOnly(2026, 11, 25); today.Year < 2031; today = today.AddDays(13))
        {
            var standings = Load(today);

            Assert.Equal(DemoFile.Permits, standings.Count);
            Assert.Equal(5, standings.Select(permit => permit.Standing.Status).Distinct().Count());
            Assert.All(
                Enum.GetValues<PermitKind>().Skip(1),
                kind => Assert.Contains(standings, permit => permit.Kind == kind && permit.Standing.Status == PermitStatus.Valid));
            StatusReasons[] reasons =
            [
                StatusReasons.Cancelled, StatusReasons.Exchanged, StatusReasons.ExpiredRenewable, StatusReasons.Lapsed,
                StatusReasons.InspectionMissed, StatusReasons.EndorsementMissed, StatusReasons.EmploymentEnded, StatusReasons.UnderProcedure,
            ];
            Assert.All(reasons, reason => Assert.Contains(standings, permit => permit.Standing.Reasons.HasFlag(reason)));
        }
    }

    [Fact]
    public void DemoFile_SameDate_IsTheSame() =>
        Assert.Equal(DemoFile.Write(new DateOnly(2026, 3, 10)), DemoFile.Write(new DateOnly(2026, 3, 10)));

    [Fact]
    public async Task Demo_Start_GreetsWithFiveTrueExamples()
    {
        await using var server = await TestServer.StartAsync(args: "--demo");
        var greeting = server.App.Services.GetRequiredService<DemoGreeting>();
        using var output = new StringWriter();

        await greeting.WriteAsync(output, TestContext.Current.CancellationToken);
        var examples = await greeting.ChooseAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5, examples.Count);
        Assert.Equal(5, examples.Select(example => example.Standing.Status).Distinct().Count());
        foreach (var example in examples)
        {
            var verdict = await server.VerdictAsync(Calls.Check(example.Number.ToString()));
            Assert.Equal((Contract.PermitStatus)example.Standing.Status, verdict.Status);
            Assert.Contains($"{example.Number}  ", output.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains("Grpc    http://127.0.0.1:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"-- verify {examples[0].Number} --api-key demo-authority --address http://127.0.0.1:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(server.Folder, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_SecondStart_LoadsNothing()
    {
        var folder = TestServer.NewFolder();
        long revision;
        await using (var server = await TestServer.StartAsync(folder, args: "--demo"))
        {
            revision = (await server.Registry.GetPermitAsync(new() { PermitNumber = "BJ2024D00000" })).Revision;
        }

        await using (var server = await TestServer.StartAsync(folder, now: TestServer.Now.AddDays(40), args: "--demo"))
        {
            Assert.Equal(revision, (await server.Registry.GetPermitAsync(new() { PermitNumber = "BJ2024D00000" })).Revision);
            var greeting = server.App.Services.GetRequiredService<DemoGreeting>();
            Assert.NotEmpty(await greeting.ChooseAsync(TestContext.Current.CancellationToken));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Demo_BesideARealRegistryOrCache_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(
            args: ["--demo", "--ConnectionStrings:Registry=x", "--ConnectionStrings:Redis=x", "--Verification:Registry:Provider=SqlServer"]));

        Assert.Equal(3, refusal.Problems.Count(problem => problem.StartsWith("--demo", StringComparison.Ordinal)));
    }

    private static List<(PermitKind Kind, Standing Standing)> Load(DateOnly today)
    {
        var rulebook = RulebookLibrary.Embedded.On(today);
        var parser = new RegistryLineParser(new IdentityDigester(new byte[32]));
        var histories = new Dictionary<PermitNumber, (Admission Admission, List<RecordedEvent> Events)>();
        foreach (var line in Encoding.UTF8.GetString(DemoFile.Write(today)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parsed = parser.Parse(1, Encoding.UTF8.GetBytes(line));
            Assert.Null(parsed.Rejection);
            var (permit, happening) = (parsed.Statement!.Permit, parsed.Statement.Event);
            if (!histories.TryGetValue(permit, out var history))
            {
                histories.Add(permit, history = (new Admission(rulebook), []));
            }

            Assert.True(history.Admission.TryAdd(happening) is null, $"Today {today:O}: {line}");
            history.Events.Add(new RecordedEvent(1, happening, TestServer.Now, "demo"));
        }

        return
        [
            .. histories.Select(permit => TimelineCompiler.Compile(new PermitHistory(permit.Key, [.. permit.Value.Events]), rulebook)!.Value)
                .Select(timeline => (timeline.Kind, timeline.SegmentOn(today, StandingView.Authority).Standing))
        ];
    }
}
