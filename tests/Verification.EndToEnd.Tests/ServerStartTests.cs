using System.Net;
using System.Net.Sockets;

namespace Verification.EndToEnd.Tests;

/// <summary>How the server's process ends where it cannot start: with exit code 1 and what is wrong, never with a stack trace.</summary>
public sealed class ServerStartTests : IDisposable
{
    private const string Key = "--Verification:Identity:DigestKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly TempFolder _folder = new();

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
    [InlineData("-x", "-x")]
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
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();

        var (exitCode, _, errors) = await RunAsync($"--Kestrel:Endpoints:Grpc:Url=http://{holder.LocalEndpoint}", "--create");

        Assert.Equal(1, exitCode);
        Assert.Contains($"  - Failed to bind to address http://{holder.LocalEndpoint}: address already in use.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Programs.Start("server", [Key, $"--Verification:DataDirectory={_folder.PathOf("data")}", .. arguments]);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
