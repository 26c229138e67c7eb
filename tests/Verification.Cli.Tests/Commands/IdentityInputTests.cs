using System.Text;
using Grpc.Core;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

/// <summary>Identity numbers from the standard input: they stand in no list of processes, and in no message.</summary>
public sealed class IdentityInputTests
{
    private const string Passport = "E12345678";

    [Theory]
    [InlineData(Passport)]
    [InlineData(Passport + "\n")]
    [InlineData(Passport + "\r\nand more\n")]
    [InlineData("  " + Passport + "  \n")]
    public async Task Verify_IdFromTheInput_IsItsFirstLine(string input)
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = new List<string>();
        cli.Script.Verify = request =>
        {
            sent.Add(request.Subject.IdentityNumber);
            return Samples.Valid();
        };
        cli.Input = Encoding.UTF8.GetBytes(input);

        var result = await cli.RunAsync("verify", "BJ2024000017", "--id", "-", "--document", "passport");

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal([Passport], sent);
    }

    [Fact]
    public async Task Record_HolderIdFromTheInput_IsSent()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Record = request => new() { Revision = request.Event.Issued.HolderId == Passport ? 7 : 0 };
        cli.Input = Encoding.UTF8.GetBytes(Passport);

        var result = await cli.RunAsync(
            "record", "BJ2024000017", "issued", "--kind", "residence_permit", "--holder-id", "-", "--holder-document", "passport", "--json");

        Assert.Equal("7", result.Json.GetProperty("revision").GetString());
    }

    [Fact]
    public async Task Verify_IdFromTheInput_IsShownByNoMessage()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = request => throw Faults.Create(StatusCode.InvalidArgument, "X", $"{request.Subject.IdentityNumber} is malformed.");
        cli.Input = Encoding.UTF8.GetBytes(Passport);

        var result = await cli.RunAsync("verify", "BJ2024000017", "--id", "-");

        Assert.Equal("error: (identity number) is malformed. (X)\n", result.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n" + Passport)]
    [InlineData(" \n")]
    public async Task Verify_NoNumberInTheInput_IsRefused(string input)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Input = Encoding.UTF8.GetBytes(input);

        var result = await cli.RunAsync("verify", "BJ2024000017", "--id", "-");

        Assert.Equal((ExitCode.BadInput, "error: --id - needs the number on the first line of the standard input\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Record_TwoNumbersFromTheInput_AreRefused()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Input = Encoding.UTF8.GetBytes(Passport);

        var result = await cli.RunAsync("record", "BJ2024000017", "issued", "--kind", "residence_permit", "--holder-id", "-", "--id", "-");

        Assert.Equal("error: only one number can be read from the standard input\n", result.Error);
    }

    [Fact]
    public async Task Verify_AtATerminal_AsksForTheNumber()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();
        cli.Input = Encoding.UTF8.GetBytes(Passport + "\n");
        cli.IsTerminal = true;

        Assert.Equal("Identity number: ", (await cli.RunAsync("verify", "BJ2024000017", "--id", "-")).Error);
    }
}
