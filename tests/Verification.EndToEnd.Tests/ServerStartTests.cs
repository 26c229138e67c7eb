using System.Net;
using System.Net.Sockets;
using Verification.Audit.Keys;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests;

/// <summary>How the server's process ends where it cannot start: with exit code 1 and what is wrong, never with a stack trace.</summary>
public sealed class ServerStartTests : IDisposable
{
    private const string Key = "--Verification:Identity:DigestKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly TempFolder _folder = new();

    public ServerStartTests()
    {
        using var key = SigningKey.Create();
        key.Write(_folder.PathOf("audit-key.pem"));
    }

    private string SigningKeyFile => $"--Verification:Audit:SigningKeyFile={_folder.PathOf("audit-key.pem")}";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://localhost:99999", "Kestrel:Endpoints:Grpc:Url")]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://localhost:-1", "Kestrel:Endpoints:Grpc:Url")]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://localhost:0", "Kestrel:Endpoints:Grpc:Url")]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=ftp://localhost:5081", "Kestrel:Endpoints:Grpc:Url")]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://nowhere.example:5081", "Kestrel:Endpoints:Grpc:Url")]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://localhost:5081/grpc", "Kestrel:Endpoints:Grpc:Url")]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://localhost:5080", "Kestrel:Endpoints:Http:Url")]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=https://localhost:5081", "Kestrel:Endpoints:Grpc")]
    [InlineData("--Kestrel:Endpoints:More:Protocols=Http2", "Kestrel:Endpoints:More:Url")]
    [InlineData("--Kestrel:Endpoints:Grpc:Protocols=Http7", "Kestrel:Endpoints:Grpc:Protocols")]
    [InlineData("--Kestrel:Certificates:Default:Path=/nowhere.pfx", "Kestrel:Certificates:Default")]
    [InlineData("--urls=http://localhost:99999", "urls")]
    [InlineData("--Verification:Tokens:Algorithms=RS256", "Verification:Tokens:Algorithms")]
    [InlineData("-x=1", "The short switch '-x=1' is not defined")]
    public async Task Start_WhatCannotBe_EndsWithOneAndTheListOfProblems(string argument, string place)
    {
        var (exitCode, output, errors) = await RunAsync(argument, "--Verification:Limits:Latitude=1");

        Assert.Equal((1, string.Empty), (exitCode, output));
        Assert.StartsWith("The permit verification service does not start:", errors, StringComparison.Ordinal);
        Assert.Contains($"  - {place}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_EndsWithOneAndTheAddress()
    {
        await using var redis = await RedisServer.StartNewAsync();
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();

        var (exitCode, output, errors) = await RunAsync(
            $"--Kestrel:Endpoints:Grpc:Url=http://{holder.LocalEndpoint}",
            "--create",
            $"--ConnectionStrings:Redis={redis.ConnectionString}",
            "--Verification:Lookup:Redis:MacKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("crit:", output + errors, StringComparison.Ordinal);
        Assert.Contains($"  - Failed to bind to address http://{holder.LocalEndpoint}: address already in use.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AddressOfAnotherMachine_EndsWithOneAndTheAddress()
    {
        // TEST-NET-1, which no machine has (RFC 5737).
        var (exitCode, _, errors) = await RunAsync(
            "--Kestrel:Endpoints:Grpc:Url=http://192.0.2.1:5081", "--Verification:AllowCleartextBeyondLoopback=true", "--create");

        Assert.Equal(1, exitCode);
        Assert.Contains("  - The service cannot listen on 192.0.2.1:5081: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TheFirst_MakesNoKeyFileAndSaysNothingOfOne()
    {
        var home = Directory.CreateDirectory(_folder.PathOf("home")).FullName;
        using var process = Programs.Start(
            "server",
            home,
            [
                Key, SigningKeyFile, "--create", $"--Verification:DataDirectory={_folder.PathOf("data")}", "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
                "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
            ]);
        var output = string.Empty;
        while (!output.Contains("Application started", StringComparison.Ordinal))
        {
            output += await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException($"The service ended: {output}{await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("DataProtection", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(home, "*.xml", SearchOption.AllDirectories));
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        // A developer's certificate is found in the home folder.
        using var process = Programs.Start(
            "server", _folder.PathOf("home"), [Key, SigningKeyFile, $"--Verification:DataDirectory={_folder.PathOf("data")}", .. arguments]);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
