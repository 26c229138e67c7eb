using Permits.Verification.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class WhoAmICommandTests
{
    [Fact]
    public async Task WhoAmI_Consumer_SaysWhoMayDoWhatAndWhatIsLeft()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Caller = _ => Caller();

        var result = await cli.RunAsync("whoami");

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                "Consumer     city-school-7", "Class        school", $"Service      {cli.Address}", "May          verify",
                "Sees         SCHOOL_ENROLLMENT 子女入托入学", "             HIGHER_VOCATIONAL_EXAM 随迁子女高职招考",
                "Must bring   an identity number with every check", "Credential   until 2027-01-01 08:00:00 +08:00", "",
                "Limit                                      Left      Of   A minute",
                "Checks                                      990   1,000     12,000",
                "Unknown numbers                              19      20         10",
                "Unknown numbers in batches                   20      20         10",
                "Streams                                       2       2",
                "Wrong guesses for one permit in 24 hours             10", "",
                "Limits are of each node; what is left, of the one that answered.", "",
            ],
            result.Lines);
    }

    [Fact]
    public async Task WhoAmI_Json_IsTheAnswer()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Caller = _ => Caller();

        Assert.Equal("city-school-7", (await cli.RunAsync("whoami", "--json")).Json.GetProperty("consumer").GetString());
    }

    private static GetCallerResponse Caller() => new()
    {
        Consumer = "city-school-7",
        ConsumerClass = ConsumerClass.School,
        Roles = { ConsumerRole.Verify },
        Entitlements = { Entitlement.SchoolEnrollment, Entitlement.HigherVocationalExam },
        MustIdentify = true,
        CredentialExpiresAt = new() { Seconds = 1_798_761_600 },
        Limits = new()
        {
            Checks = new() { Capacity = 1_000, Left = 990, AddedPerMinute = 12_000 },
            UnknownNumbers = new() { Capacity = 20, Left = 19, AddedPerMinute = 10 },
            BatchUnknownNumbers = new() { Capacity = 20, Left = 20, AddedPerMinute = 10 },
            BatchesAllowed = true,
            ConcurrentStreams = 2,
            StreamsLeft = 2,
            WrongGuessesPerDay = 10,
        },
    };
}
