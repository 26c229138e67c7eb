using System.Text.Json;
using Grpc.Core;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

/// <summary><c>--json</c>: what goes wrong is JSON too, on the error stream; on the standard output stands an answer or nothing.</summary>
public sealed class JsonErrorTests
{
    [Fact]
    public async Task Run_RequestRefused_IsAnObjectWithItsReasonAndFields()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => throw Faults.Create(
            StatusCode.InvalidArgument, "INVALID_FIELDS", "The request is malformed.", ("permit_number", "is malformed"), ("as_of", "is too late"));

        var result = await cli.RunAsync("verify", "x", "--json");

        Assert.Equal((ExitCode.BadInput, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            """{"error":{"message":"The request is malformed.","reason":"INVALID_FIELDS","status":"INVALID_ARGUMENT","could_not_tell":false,"fields":[{"field":"permit_number","description":"is malformed","reason":""},{"field":"as_of","description":"is too late","reason":""}]}}""" + "\n",
            result.Error);
    }

    [Fact]
    public async Task Run_BudgetUsedUp_SaysWhenToTryAgain()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => throw Faults.Status(StatusCode.ResourceExhausted, "RATE_EXCEEDED", "The budget is used up.", TimeSpan.FromMilliseconds(400)).ToRpcException();

        var error = Error(await cli.RunAsync("verify", "BJ2024000017", "--json"));

        Assert.Equal(("RATE_EXCEEDED", true, 0.4), (error.GetProperty("reason").GetString(), error.GetProperty("could_not_tell").GetBoolean(), error.GetProperty("retry_after_seconds").GetDouble()));
    }

    [Fact]
    public async Task Run_NoConnection_HasTheStatusForItsReason()
    {
        await using var cli = await CommandLine.StartAsync();
        await cli.AbortAsync();

        var error = Error(await cli.RunAsync("verify", "BJ2024000017", "--json"));

        Assert.Equal("UNAVAILABLE", error.GetProperty("reason").GetString());
        Assert.StartsWith("no answer from http://127.0.0.1:", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--as-of must be a date that exists, as YYYY-MM-DD", "verify", "BJ2024000017", "--as-of", "tomorrow")]
    [InlineData("--api-key and --token-file exclude each other", "verify", "BJ2024000017", "--api-key", "k", "--token-file", "t")]
    [InlineData("unrecognised argument '--asof'; did you mean --as-of?; unrecognised argument 'x'", "verify", "BJ", "--asof", "x")]
    [InlineData("Required command was not provided.", "registry")]
    public async Task Run_BadUsage_IsAnObject(string message, params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();

        Assert.Equal(message, Error(await cli.RunAsync([.. args, "--json"])).GetProperty("message").GetString());
    }

    [Fact]
    public async Task Record_Note_IsAnObjectAndTheAnswerStandsAlone()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Record = _ => new() { Revision = 5313 };

        var result = await cli.RunAsync("record", "BJ2024000017", "renewed", "--json");

        Assert.Equal("5313", result.Json.GetProperty("revision").GetString());
        Assert.StartsWith("if the answer is lost", JsonDocument.Parse(result.Error).RootElement.GetProperty("note").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Dates_AreTexts()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Frozen();

        var verdict = (await cli.RunAsync("verify", "BJ2024000017", "--json")).Json.GetProperty("verdict");

        Assert.Equal(("2026-05-04", "2027-03-05"), (verdict.GetProperty("as_of").GetString(), verdict.GetProperty("expires_on").GetString()));
    }

    [Fact]
    public async Task Timeline_DatesOfEachSegment_AreTexts()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Timeline = _ => Samples.Timeline();

        var segments = (await cli.RunAsync("timeline", "BJ2024000017", "--json")).Json.GetProperty("segments").EnumerateArray().ToArray();

        Assert.Equal("2024-03-05", segments[0].GetProperty("until").GetString());
        Assert.Equal(["2024-03-05"], segments.Skip(1).Take(1).Select(segment => segment.GetProperty("from").GetString()));
    }

    private static JsonElement Error(CommandResult result)
    {
        Assert.Equal("", result.Output);
        Assert.NotEqual(ExitCode.Answered, result.ExitCode);
        return JsonDocument.Parse(Assert.Single(result.Error.TrimEnd('\n').Split('\n'))).RootElement.GetProperty("error");
    }
}
