using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("--as-of must be a date that exists, as YYYY-MM-DD", "--as-of", "2023-02-29")]
    [InlineData("--as-of must be a date that exists, as YYYY-MM-DD", "--as-of", "2024-3-5")]
    [InlineData("--as-of must be a date that exists, as YYYY-MM-DD", "--as-of", "20240305")]
    [InlineData("--as-of must be a date that exists, as YYYY-MM-DD", "--as-of", "0000-01-01")]
    [InlineData("--as-of must be a date that exists, as YYYY-MM-DD", "--as-of", "２０２４-03-05")]
    [InlineData("--as-of is empty", "--as-of", "")]
    [InlineData("--id is empty", "--id", "")]
    [InlineData("--known-at must be a revision: a whole number from 0", "--known-at", "-1")]
    [InlineData("--edition must be an edition: a whole number from 1", "--edition", "2147483648")]
    [InlineData("--through must be a date that exists, as YYYY-MM-DD", "--through", "2027-02-29")]
    [InlineData("--document needs --id", "--document", "passport")]
    [InlineData("--document must be one of: resident_identity_card, passport, hong_kong_macao_permit, taiwan_permit, foreign_permanent_resident_card", "--document", "护照")]
    [InlineData("--reference is empty", "--reference", "")]
    [InlineData("--role must be one of: holder, spouse, child, parent", "--role", "unspecified")]
    [InlineData("--timeout must be a number of seconds above 0, at most 3600", "--timeout", "0")]
    [InlineData("--address (or VERIFICATION_ADDRESS) must be a URL as in http://localhost:5081", "--address", "localhost:5081")]
    [InlineData("--address (or VERIFICATION_ADDRESS) must be a URL as in http://localhost:5081", "--address", "http://me:secret@localhost")]
    [InlineData("--api-key (or VERIFICATION_API_KEY) must be visible ASCII characters", "--api-key", "a\nb")]
    public async Task Verify_BadOption_SaysWhatIsWrong(string message, string option, string value)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("verify", "BJ2024000017", option, value);

        Assert.Equal((ExitCode.BadInput, "", $"error: {message}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("error: unrecognised argument '--asof'; did you mean --as-of?\nerror: unrecognised argument (not shown: it has digits in it)\nSee: permitctl verify --help\n", "verify", "BJ2024000017", "--asof", "2024-03-05")]
    [InlineData("error: --id is given more than once\nSee: permitctl verify --help\n", "verify", "BJ2024000017", "--id", "1", "--id", "2")]
    [InlineData("error: Required argument 'NUMBER' missing for command: 'verify'.\nSee: permitctl verify --help\n", "verify")]
    [InlineData("error: unrecognised argument 'verfy'; did you mean verify?\nerror: unrecognised argument (not shown: it has digits in it)\nSee: permitctl --help\n", "verfy", "BJ2024000017")]
    [InlineData("error: unrecognised argument 'restord'; did you mean restored?\nSee: permitctl registry --help\n", "registry", "restord")]
    [InlineData("error: unrecognised argument 'nonsense'\nSee: permitctl --help\n", "nonsense")]
    [InlineData("error: unrecognised argument '--bogus'\nSee: permitctl verify --help\n", "verify", "--bogus")]
    [InlineData("error: unrecognised argument '-x'\nSee: permitctl verify --help\n", "verify", "-x")]
    [InlineData("error: unrecognised argument '--jsn'; did you mean --json?\nerror: unrecognised argument (not shown: it has digits in it)\nSee: permitctl history --help\n", "history", "--jsn", "BJ2024000017")]
    [InlineData("error: unrecognised argument '--rejets'; did you mean --rejects?\nerror: unrecognised argument '-'\nSee: permitctl import --help\n", "import", "--rejets=x", "-")]
    [InlineData("error: unrecognised argument '--reason' where the value of the option before it belongs\nerror: unrecognised argument 'mistyped'\nSee: permitctl record --help\n", "record", "BJ2024000017", "annulled", "--target", "--reason", "mistyped")]
    [InlineData("error: unrecognised argument '--bogus'\nSee: permitctl record --help\n", "record", "BJ2024000017", "employer_changed", "--employer", "--bogus")]
    public async Task Run_BadSyntax_SaysWhatIsWrongAndWhereHelpIs(string error, params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(args);

        Assert.Equal((ExitCode.BadInput, "", error), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("verify <NUMBER>")]
    [InlineData("backup", "registry")]
    [InlineData("new-key", "consumer")]
    public async Task Run_NothingAsked_ShowsHelpAndHasAnsweredNothing(string command, params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(args);

        Assert.Equal((ExitCode.BadInput, ""), (result.ExitCode, result.Error));
        Assert.Contains($"Commands:\n  {command} ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DashesBehindTwoDashes_AreTheNumber()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = request => Samples.NotFound(request.PermitNumber);

        var result = await cli.RunAsync("verify", "--", "--bogus");

        Assert.Contains("Permit   --bogus", result.Lines);
    }

    [Theory]
    [InlineData("NUMBER is empty", "verify", "")]
    [InlineData("NUMBER is empty", "timeline", " ")]
    [InlineData("NUMBER is empty", "procedures", "")]
    [InlineData("NUMBER is empty", "history", "")]
    [InlineData("NUMBER is empty", "record", "", "renewed")]
    [InlineData("FILE is empty", "import", "")]
    public async Task Run_EmptyArgument_IsNamed(string message, params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(args);

        Assert.Equal((ExitCode.BadInput, "", $"error: {message}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("verify", "--help")]
    [InlineData("procedures", "--help")]
    [InlineData("record", "--help")]
    [InlineData("import", "--help")]
    [InlineData("registry", "restored", "--help")]
    [InlineData("--version")]
    public async Task Run_Help_IsAnswered(params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(args);

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.NotEqual("", result.Output);
    }

    [Fact]
    public async Task Run_Options_WinOverVariables()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();
        cli.Variables["VERIFICATION_API_KEY"] = "from-variable";

        await cli.RunAsync("verify", "BJ2024000017");
        cli.Variables["VERIFICATION_ADDRESS"] = "http://127.0.0.1:1";
        await cli.RunAsync("--address", cli.Address.ToString(), "verify", "BJ2024000017", "--api-key", "from-option");

        Assert.Equal(["Bearer from-variable", "Bearer from-option"], cli.Script.Authorizations);
    }

    [Fact]
    public async Task Run_EmptyVariables_CountAsAbsent()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();
        cli.Variables["VERIFICATION_ADDRESS"] = "";
        cli.Variables["VERIFICATION_API_KEY"] = " ";

        await cli.RunAsync("verify", "BJ2024000017", "--address", cli.Address.ToString());

        Assert.Null(Assert.Single(cli.Script.Authorizations));
    }
}
