using Permits.Verification.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class TimelineCommandTests
{
    [Fact]
    public async Task Timeline_KnownPermit_ShowsEachRun()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Timeline = _ => Samples.Timeline();

        var result = await cli.RunAsync("timeline", "BJ2024000017");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal(
            """
            Permit   BJ2024000017
            Kind     WORK_RESIDENCE_PERMIT 北京市工作居住证

            From         Until        Status          Reasons
            …            2024-03-05   NOT_YET_VALID
            2024-03-05   2025-04-01   VALID 有效
            2025-04-01   2025-05-01   VALID 有效      INSPECTION_PENDING 未年检
            2025-05-01   2026-04-05   FROZEN 冻结     INSPECTION_MISSED 冻结
            2026-04-05   for good     EXPIRED 过期    LAPSED 自然失效

            What is still to come holds if nothing further is recorded. "Until" is the first day after.
            Revision 5312 · data as of 2026-05-04 00:30:00 +08:00 · rulebook 2026.1 · check 01JTC0FFEE

            """.Split('\n'),
            result.Lines);
    }

    [Fact]
    public async Task Timeline_UnknownNumber_SaysSo()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Timeline = request => new GetTimelineResponse { PermitNumber = request.PermitNumber };

        var result = await cli.RunAsync("timeline", "BJ9999999999");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Contains("Status   NOT_FOUND: the registry knows no permit with this number", result.Lines);
    }

    [Fact]
    public async Task Timeline_JsonAtRevision_PrintsOneObject()
    {
        await using var cli = await CommandLine.StartAsync();
        GetTimelineRequest? sent = null;
        cli.Script.Timeline = request =>
        {
            sent = request;
            return Samples.Timeline();
        };

        var result = await cli.RunAsync(
            "timeline", "BJ2024000017", "--known-at", "42", "--rulebook", "2026.1", "--role", "spouse", "--id", "E12345678",
            "--document", "passport", "--json");

        var expected = new GetTimelineRequest
        {
            PermitNumber = "BJ2024000017",
            KnownAtRevision = 42,
            RulebookVersion = "2026.1",
            Subject = new Subject { Role = SubjectRole.Spouse, IdentityNumber = "E12345678", Document = IdentityDocument.Passport },
        };
        Assert.Equal(expected, sent);
        Assert.Equal(5, result.Json.GetProperty("segments").GetArrayLength());
    }
}
