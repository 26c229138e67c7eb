using System.Net;
using Microsoft.AspNetCore.Hosting;
using Verification.Server.Hosting;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

public sealed class StartTests
{
    [Theory]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://0.0.0.0:0")]
    [InlineData("--Kestrel:Endpoints:Http:Url=http://*:0")]
    [InlineData("--Kestrel:Endpoints:Http:Url=http://[::]:0")]
    [InlineData("--Kestrel:Endpoints:More:Url=http://192.168.0.1:0")]
    [InlineData("--Kestrel:Endpoints:More:Url=http://localhost.example.com:0")]
    [InlineData("--urls=http://+:0")]
    [InlineData("--urls=http://127.0.0.1:0;http://10.0.0.1:0")]
    public async Task Start_EndpointBeyondThisMachine_IsRefused(string argument)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(args: argument));

        Assert.Contains("beyond this machine", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://127.8.9.10:0")]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://[::1]:0")]
    public async Task Start_EndpointOnThisMachine_Listens(string argument)
    {
        await using var server = await TestServer.StartAsync(args: argument);

        Assert.Equal(Permits.Verification.V1.PermitStatus.NotFound, (await server.VerdictAsync(Calls.Check("BJ2024000017"))).Status);
    }

    [Fact]
    public async Task Start_EndpointFromCode_IsRefusedToo() =>
        await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(
            configure: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0))));

    [Fact]
    public async Task Start_SeveralWrongOptions_AreAllTold()
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Program.CreateAsync(
            ["--Verification:DataDirectory=", "--Verification:Identity:DigestKey=c2hvcnQ="], TimeProvider.System));

        Assert.Equal(2, refusal.Problems.Count);
        Assert.DoesNotContain("c2hvcnQ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AnotherKeyThanTheRegistrys_IsRefused()
    {
        var folder = TestServer.NewFolder();
        await using (await TestServer.StartAsync(folder))
        {
        }

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(
            folder, args: $"--Verification:Identity:DigestKey={Convert.ToBase64String(new byte[32])}"));

        Assert.Contains("key", refusal.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Verification:Registry:Provider must be", "--Verification:Registry:Provider=Oracle")]
    [InlineData("ConnectionString is missing", "--Verification:Registry:Provider=SqlServer")]
    [InlineData("Provider is Sqlite", "--ConnectionStrings:Registry=Server=localhost;Password=se-cret")]
    [InlineData(
        "The registry on SQL Server cannot be opened",
        "--Verification:Registry:Provider=SqlServer",
        "--ConnectionStrings:Registry=Server=127.0.0.1,9;Database=registry;User Id=sa;Password=se-cret;Connect Timeout=1")]
    public async Task Start_RegistryThatCannotBe_IsRefusedInPlainWords(string problem, params string[] arguments)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(args: arguments));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("se-cret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_WrongConfiguration_EndsWithOne() =>
        Assert.Equal(1, await Program.Main(["--urls=http://*:0"]));
}
