using System.Text;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

/// <summary>Named contexts: where a service is and what names the user to it, in a file that nobody else may read.</summary>
public sealed class ContextCommandTests
{
    private const string Key = "pv_secret-of-the-city";

    [Fact]
    public async Task Set_First_IsInUseAtOnce()
    {
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");

        Assert.Equal(ExitCode.Answered, (await cli.RunAsync("verify", "BJ2024000017")).ExitCode);
        Assert.Equal(["Bearer " + Key], cli.Script.Authorizations);
    }

    [Fact]
    public async Task Set_KeyFromTheInput_IsKept()
    {
        await using var cli = await StartAsync();
        cli.Input = Encoding.UTF8.GetBytes(Key + "\n");

        var result = await cli.RunAsync("context", "set", "city", "--address", cli.Address.ToString(), "--api-key", "-");
        await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal((ExitCode.Answered, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(["Bearer " + Key], cli.Script.Authorizations);
    }

    [Fact]
    public async Task File_IsItsOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(PathOf(cli)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(cli.ConfigFolder));
        Assert.Equal([PathOf(cli)], Directory.GetFiles(cli.ConfigFolder));
    }

    [Fact]
    public async Task File_ThatOthersMayRead_IsNotUsed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");
        SetMode(PathOf(cli), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var result = await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal((ExitCode.BadInput, ""), (result.ExitCode, result.Output));
        Assert.Contains("is open to others", result.Error, StringComparison.Ordinal);
        Assert.Empty(cli.Script.Authorizations);
    }

    [Fact]
    public async Task File_Damaged_IsToldAndNotOverwritten()
    {
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");
        await File.WriteAllTextAsync(PathOf(cli), "{", TestContext.Current.CancellationToken);

        var result = await cli.RunAsync("context", "set", "other", "--address", "http://localhost:1");

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("is not what permitctl writes", result.Error, StringComparison.Ordinal);
        Assert.Equal("{", await File.ReadAllTextAsync(PathOf(cli), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task List_Contexts_ShowsNoKey()
    {
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");
        await cli.RunAsync("context", "set", "district", "--address", "https://district.example:5081");

        var text = (await cli.RunAsync("context", "list")).Output;
        var json = (await cli.RunAsync("context", "list", "--json")).Json;

        Assert.Matches(@"\* +city +http://127\.0\.0\.1:\d+/ +API key", text);
        Assert.Contains("district   https://district.example:5081/", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, text + json, StringComparison.Ordinal);
        Assert.Equal(("city", 2), (json.GetProperty("current").GetString(), json.GetProperty("contexts").GetArrayLength()));
    }

    [Fact]
    public async Task Use_OtherContext_IsAskedFromThenOn()
    {
        await using var cli = await StartAsync();
        await SetAsync(cli, "city", "one");
        await SetAsync(cli, "district", "two");

        await cli.RunAsync("verify", "BJ2024000017");
        await cli.RunAsync("context", "use", "district");
        await cli.RunAsync("verify", "BJ2024000017");
        await cli.RunAsync("verify", "BJ2024000017", "--context", "city");
        cli.Variables["VERIFICATION_CONTEXT"] = "city";
        await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal(["Bearer one", "Bearer two", "Bearer one", "Bearer one"], cli.Script.Authorizations);
    }

    [Fact]
    public async Task Delete_ContextInUse_LeavesNone()
    {
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");

        await cli.RunAsync("context", "delete", "city");

        Assert.Equal("There is no context; 'permitctl context set NAME --address URL' makes one.\n", (await cli.RunAsync("context", "list")).Output);
    }

    [Theory]
    [InlineData("there is no context of this name; 'permitctl context list' shows those that there are", "context", "use", "nowhere")]
    [InlineData("there is no context of this name; 'permitctl context list' shows those that there are", "context", "delete", "nowhere")]
    [InlineData("there is no context of this name; 'permitctl context list' shows those that there are", "verify", "BJ2024000017", "--context", "nowhere")]
    [InlineData("a context needs --address", "context", "set", "city")]
    [InlineData("NAME must have 1 to 64 letters, digits, hyphens, underscores or dots", "context", "set", "the city", "--address", "http://localhost:1")]
    [InlineData("--address (or VERIFICATION_ADDRESS) must be a URL as in http://localhost:5081", "context", "set", "city", "--address", "localhost:1")]
    [InlineData("--api-key - needs the key on the first line of the standard input", "context", "set", "city", "--address", "http://localhost:1", "--api-key", "-")]
    public async Task Context_Wrong_SaysWhatIsWrong(string message, params string[] args)
    {
        await using var cli = await StartAsync();

        var result = await cli.RunAsync(args);

        Assert.Equal((ExitCode.BadInput, "", $"error: {message}\n"), (result.ExitCode, result.Output, result.Error));
    }

    /// <summary>What is kept for one service is never sent to another.</summary>
    [Fact]
    public async Task Address_OfTheCommandLineOrTheEnvironment_GetsNoKeyOfAContext()
    {
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");

        await cli.RunAsync("verify", "BJ2024000017", "--address", cli.Address.ToString());
        cli.Variables["VERIFICATION_ADDRESS"] = cli.Address.ToString();
        await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal([null, null], cli.Script.Authorizations);
    }

    [Fact]
    public async Task Key_OfTheCommandLine_GoesWithTheAddressOfAContext()
    {
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");

        await cli.RunAsync("verify", "BJ2024000017", "--api-key", "typed");

        Assert.Equal(["Bearer typed"], cli.Script.Authorizations);
    }

    [Fact]
    public async Task ContextAndAddress_OfTwoPlaces_AreRefused()
    {
        await using var cli = await StartAsync();
        await SetAsync(cli, "city");

        var result = await cli.RunAsync("verify", "BJ2024000017", "--context", "city", "--address", "http://localhost:1");

        Assert.Equal("error: --context and --address name two places\n", result.Error);
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static string PathOf(CommandLine cli) => Path.Combine(cli.ConfigFolder, "contexts.json");

    private static async Task<CommandLine> StartAsync()
    {
        var cli = await CommandLine.StartAsync();
        cli.Variables.Clear();
        cli.Script.Verify = _ => Samples.Valid();
        return cli;
    }

    private static async Task SetAsync(CommandLine cli, string name, string key = Key) => Assert.Equal(
        ExitCode.Answered, (await cli.RunAsync("context", "set", name, "--address", cli.Address.ToString(), "--api-key", key)).ExitCode);
}
