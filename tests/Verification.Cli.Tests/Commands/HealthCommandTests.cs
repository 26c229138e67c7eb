using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Verification.Cli.Tests.Commands;

public sealed class HealthCommandTests
{
    [Fact]
    public async Task Health_Serving_SaysSoOfEachService()
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("health");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal([$"Address     {cli.Address}", "Service     serving", "Checks      serving", "Recording   serving", ""], result.Lines);
    }

    [Fact]
    public async Task Health_ChecksNotServing_IsExit3()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Health = service => service.EndsWith("VerificationService", StringComparison.Ordinal) ? Status.NotServing : Status.Serving;

        var result = await cli.RunAsync("health", "--json");

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.Equal(
            """{"service":"SERVING","verification":"NOT_SERVING","registry":"SERVING"}""", result.Json.GetProperty("services").GetRawText());
        Assert.False(result.Json.GetProperty("serving").GetBoolean());
    }

    [Fact]
    public async Task Health_NobodyThere_IsExit3()
    {
        await using var cli = await CommandLine.StartAsync();
        await cli.AbortAsync();

        Assert.Equal(ExitCode.CouldNotTell, (await cli.RunAsync("health")).ExitCode);
    }
}
