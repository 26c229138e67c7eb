using Grpc.Core;
using Permits.Registry.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

public sealed class RegistryCommandTests
{
    private const string Id = "5f1a33a2-9c7d-4f1c-9d0e-2f64a1a2b3c4";

    [Fact]
    public async Task Restored_Yes_MarksAndPrintsWhatBecameOfIt()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);

        var result = await cli.RunAsync("registry", "restored", "--yes");

        Assert.False(Assert.Single(sent).HasJump);
        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                $"Registry     {Id}",
                "Stood at     revision 788",
                "Goes on at   revision 1000000788; those between are unknown from now on",
                "",
            ],
            result.Lines);
    }

    [Fact]
    public async Task Restored_JumpAndJson_SendsItAndPrintsOneObject()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);

        var result = await cli.RunAsync("registry", "restored", "--yes", "--jump", "2000000000", "--json");

        Assert.Equal(2_000_000_000, Assert.Single(sent).Jump);
        Assert.Equal(Id, result.Json.GetProperty("registry_id").GetString());
        Assert.Equal("788", result.Json.GetProperty("revision_before").GetString());
        Assert.Equal("1000000788", result.Json.GetProperty("revision").GetString());
    }

    [Fact]
    public async Task Restored_NobodyToAsk_NeedsYesAndSendsNothing()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);
        cli.Input = "yes\n"u8.ToArray();

        var result = await cli.RunAsync("registry", "restored");

        Assert.Equal(
            (ExitCode.BadInput, "", "error: registry restored needs --yes where nobody can be asked\n"),
            (result.ExitCode, result.Output, result.Error));
        Assert.Empty(sent);
    }

    [Theory]
    [InlineData("yes\n", 1)]
    [InlineData("yes", 1)]
    [InlineData("y\n", 0)]
    [InlineData("\n", 0)]
    [InlineData("", 0)]
    [InlineData("no\nyes\n", 0)]
    public async Task Restored_AtATerminal_IsDoneWhereTheAnswerIsYes(string typed, int sends)
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);
        cli.IsTerminal = true;
        cli.Input = System.Text.Encoding.UTF8.GetBytes(typed);

        var result = await cli.RunAsync("registry", "restored");

        Assert.Equal(sends, sent.Count);
        Assert.Equal(sends == 1 ? ExitCode.Answered : ExitCode.BadInput, result.ExitCode);
        Assert.Equal(sends == 0, result.Error.EndsWith("error: nothing was done\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1000000000001")]
    [InlineData("1e9")]
    public async Task Restored_WrongJump_IsAUsageError(string jump)
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);

        var result = await cli.RunAsync("registry", "restored", "--yes", "--jump", jump);

        Assert.Equal(
            (ExitCode.BadInput, "error: --jump must be a whole number of revisions, 1 to 1000000000000\n"), (result.ExitCode, result.Error));
        Assert.Empty(sent);
    }

    [Fact]
    public async Task Restored_NoAnswer_SaysThatItMayBeRepeated()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Restored = _ => throw Faults.Create(StatusCode.Unavailable, "REGISTRY_UNAVAILABLE", "The registry could not answer.");

        var result = await cli.RunAsync("registry", "restored", "--yes");

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.Equal(
            "note: it may have been done all the same; repeat the command: done twice, it only leaves out more revisions\n"
            + "error: The registry could not answer. (REGISTRY_UNAVAILABLE)\n",
            result.Error);
    }

    [Fact]
    public async Task Restored_WithoutTheRole_IsBadInput()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Restored = _ => throw Faults.Create(StatusCode.PermissionDenied, "ROLE_MISSING", "The role is missing.");

        var result = await cli.RunAsync("registry", "restored", "--yes");

        Assert.Equal((ExitCode.BadInput, "error: The role is missing. (ROLE_MISSING)\n"), (result.ExitCode, result.Error));
    }

    private static List<MarkRestoredRequest> Answer(CommandLine cli)
    {
        var sent = new List<MarkRestoredRequest>();
        cli.Script.Restored = request =>
        {
            sent.Add(request);
            return new MarkRestoredResponse { RegistryId = Id, RevisionBefore = 788, Revision = 1_000_000_788 };
        };
        return sent;
    }
}
