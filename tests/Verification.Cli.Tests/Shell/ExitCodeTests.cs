using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Shell;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.FailedPrecondition)]
    [InlineData(StatusCode.OutOfRange)]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.Unimplemented)]
    public async Task Run_RequestRefused_IsBadInput(StatusCode code)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => throw Faults.Create(code, "SOME_REASON", "It was refused.");

        var result = await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal((ExitCode.BadInput, "", "error: It was refused. (SOME_REASON)\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.Aborted)]
    [InlineData(StatusCode.Unknown)]
    public async Task Run_ServiceCouldNotTell_IsExit3(StatusCode code)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => throw Faults.Create(code, "SOME_REASON", "It failed.");

        var result = await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal((ExitCode.CouldNotTell, "", "error: It failed. (SOME_REASON)\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("verify", "BJ2024000017")]
    [InlineData("timeline", "BJ2024000017")]
    [InlineData("history", "BJ2024000017")]
    [InlineData("procedures", "BJ2024000017")]
    [InlineData("record", "BJ2024000017", "renewed")]
    [InlineData("record", "BJ2024000017", "annulled", "--target", "1", "--reason", "mistyped")]
    [InlineData("import", "-")]
    [InlineData("registry", "restored", "--yes")]
    public async Task Run_ConnectionRefused_IsExit3(params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();
        var address = $"http://127.0.0.1:{FreePort()}";

        var result = await cli.RunAsync([.. args, "--address", address]);

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains($"error: no answer from {address}: connection refused (UNAVAILABLE)\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify", "BJ2024000017")]
    [InlineData("verify", "BJ2024000017", "--json")]
    [InlineData("timeline", "BJ2024000017")]
    [InlineData("history", "BJ2024000017", "--json")]
    [InlineData("record", "BJ2024000017", "renewed", "--request-id", "r-1")]
    [InlineData("record", "BJ2024000017", "renewed", "--request-id", "r-1", "--json")]
    [InlineData("import", "-")]
    [InlineData("registry", "restored", "--yes")]
    [InlineData("consumer", "new-key")]
    [InlineData("consumer", "new-key", "--json")]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task Run_AnswerCannotBeWritten_IsExit3(params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();
        cli.Script.Timeline = _ => Samples.Timeline();
        cli.Script.Permit = _ => Samples.History();
        cli.Script.Record = _ => new() { Revision = 5313 };
        cli.Script.Restored = _ => new() { RegistryId = "r" };
        cli.Script.Import = async (requests, _, cancellationToken) =>
        {
            while (await requests.MoveNext(cancellationToken))
            {
            }
        };
        cli.Output = new FullDisk();

        var result = await cli.RunAsync(args);

        Assert.Equal(
            (ExitCode.CouldNotTell, "error: the answer could not be written to the standard output: No space left\n"),
            (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Run_NoAnswerInTime_IsExit3()
    {
        await using var cli = await CommandLine.StartAsync();
        using var release = new ManualResetEventSlim();
        cli.Script.Verify = _ =>
        {
            release.Wait(TestContext.Current.CancellationToken);
            return Samples.Valid();
        };

        var result = await cli.RunAsync("verify", "BJ2024000017", "--timeout", "0.1");
        release.Set();

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.EndsWith("in time (DEADLINE_EXCEEDED)\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_IsExit3()
    {
        await using var cli = await CommandLine.StartAsync();
        using var stop = new CancellationTokenSource();
        cli.Stop = stop.Token;
        cli.Script.Verify = _ =>
        {
            stop.Cancel();
            return Samples.Valid();
        };

        var result = await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal((ExitCode.CouldNotTell, "", "error: interrupted\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Run_WrongFields_NamesEach()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => throw Faults.Create(
            StatusCode.InvalidArgument, "INVALID_FIELD", "The request is malformed.", ("permit_number", "is malformed"), ("as_of", "is too late"));

        var result = await cli.RunAsync("verify", "x", "--as-of", "2099-01-01");

        Assert.Equal("error: The request is malformed. (INVALID_FIELD)\n  permit_number: is malformed\n  as_of: is too late\n", result.Error);
    }

    [Fact]
    public async Task Run_MessageThatIsTheOneField_IsSaidOnce()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => throw Faults.Create(
            StatusCode.InvalidArgument, "MALFORMED_PERMIT_NUMBER", "permit_number: is malformed", ("permit_number", "is malformed"));

        var result = await cli.RunAsync("verify", "x");

        Assert.Equal("error: permit_number: is malformed (MALFORMED_PERMIT_NUMBER)\n", result.Error);
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
