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
    [InlineData("error: unrecognised argument '--asof'\nerror: unrecognised argument (not shown: it has digits in it)\nSee: permitctl verify --help\n", "verify", "BJ2024000017", "--asof", "2024-03-05")]
    [InlineData("error: --id is given more than once\nSee: permitctl verify --help\n", "verify", "BJ2024000017", "--id", "1", "--id", "2")]
    [InlineData("error: Required argument 'NUMBER' missing for command: 'verify'.\nSee: permitctl verify --help\n", "verify")]
    [InlineData("error: Required command was not provided.\nSee: permitctl --help\n")]
    public async Task Run_BadSyntax_SaysWhatIsWrongAndWhereHelpIs(string error, params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(args);

        Assert.Equal((ExitCode.BadInput, "", error), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("verify", "--help")]
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
