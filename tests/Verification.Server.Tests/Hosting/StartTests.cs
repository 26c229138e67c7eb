using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Verification.Server.Configuration;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

public sealed class StartTests
{
    [Theory]
    [InlineData("--Kestrel:Endpoints:Grpc:Url=http://0.0.0.0:0")]
    [InlineData("--Kestrel:Endpoints:Http:Url=http://*:0")]
    [InlineData("--Kestrel:Endpoints:Http:Url=http://[::]:0")]
    [InlineData("--Kestrel:Endpoints:More:Url=http://192.168.0.1:0")]
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

        Assert.Equal(3, refusal.Problems.Count);
        Assert.Contains("Verification:Audit:SigningKeyFile is required", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MistakesInEverySection_AreAllToldWithKeyAndRangeAndWithoutValues()
    {
        string[] expected =
        [
            "urls is 'somewhere', which is no address to listen on; it must be one as in http://localhost:5081.",
            "Verification:AllowCleartextBeyondLoopback is 'perhaps'; it must be true or false.",
            "Verification:Limits:Connections is 'many'; it must be a whole number from 1 to 10000000.",
            "Verification:Limits:HeaderSeconds is '0'; it must be a whole number from 1 to 3600.",
            "Verification:Limits:Latitude is no setting.",
            "Verification:DataDirctory is no setting.",
            "Verification:Identity:DigestKey must be at least 32 bytes in Base64.",
            "Verification:Lookup:Feed:PollInterval is '2'; it must be a time from 10ms to 1m: 2 would mean 2d; write 2s, 2m, 2h or 2d.",
            "Verification:Lookup:Feed:PollTimeout is 'soon'; it must be a time from 10ms to 1m: write it as in 500ms, 30s, 5m, 24h or 7d.",
            "Verification:Lookup:Memory:AbsenceCapacity is no setting any more; Memory:Limit, in bytes, has taken its place.",
            "Verification:Lookup:Memory:Limit is '0'; it must be a whole number from 16384 to 68719476736.",
            "Verification:Lookup:Memory:PermitCapacity is no setting any more; Memory:Limit, in bytes, has taken its place.",
            "Verification:Lookup:Memory:Capacity is no setting.",
            "Verification:Lookup:Redis is a single value; it has settings of its own.",
            "Verification:Lookup:Redis:ConnectionString is no setting; the section ConnectionStrings has it.",
            "Verification:Lookup:Redis:MacKey must be at least 32 random bytes in Base64; with a Redis it is required.",
            "ConnectionStrings:Redis must be of the form that StackExchange.Redis reads: host:port[,host:port…][,option=value…].",
            "ConnectionStrings:Registry is no SQL Server connection string.",
            "ConnectionStrings:RegistryReplica names no database (Database=…).",
            "Verification:Registry:SqlServerSettings:LookupTimeout is '2h'; it must be a time from 1ms to 1h.",
            "Verification:Registry:SqlServerSettings:MaxRepeats is '11'; it must be a whole number from 0 to 10.",
            "Verification:ClientCertificates:RevocationMode is '7'; it must be one of NoCheck, Online, Offline.",
            "Verification:Tokens:Issuer must be an https address.",
            "Verification:Tokens:Audience is required: a token for another service must not open this one.",
            "Verification:Consumers:odd:Class is required.",
        ];

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(args:
        [
            "--urls=somewhere",
            "--Verification:AllowCleartextBeyondLoopback=perhaps",
            "--Verification:Limits:Connections=many",
            "--Verification:Limits:HeaderSeconds=0",
            "--Verification:Limits:Latitude=1",
            "--Verification:DataDirctory=elsewhere",
            "--Verification:Identity:DigestKey=c2UtY3JldA==",
            "--Verification:Lookup:Feed:PollInterval=2",
            "--Verification:Lookup:Feed:PollTimeout=soon",
            "--Verification:Lookup:Memory:AbsenceCapacity=100000",
            "--Verification:Lookup:Memory:Limit=0",
            "--Verification:Lookup:Memory:PermitCapacity=1000000",
            "--Verification:Lookup:Memory:Capacity=5",
            "--Verification:Lookup:Redis=localhost:6379,password=se-cret",
            "--Verification:Lookup:Redis:ConnectionString=localhost:6379,password=se-cret",
            "--Verification:Lookup:Redis:MacKey=c2UtY3JldA==",
            "--ConnectionStrings:Redis=localhost:nowhere,password=se-cret",
            "--Verification:Registry:Provider=SqlServer",
            "--ConnectionStrings:Registry=Server=localhost;Database=registry;Password=se-cret;Conect Timeout=1",
            "--ConnectionStrings:RegistryReplica=Server=localhost;Password=se-cret",
            "--Verification:Registry:SqlServerSettings:LookupTimeout=2h",
            "--Verification:Registry:SqlServerSettings:MaxRepeats=11",
            "--Verification:ClientCertificates:RevocationMode=7",
            "--Verification:Tokens:Issuer=http://se-cret.example",
            "--Verification:Consumers:odd:Roles:0=verify",
            $"--Verification:Consumers:odd:Keys:0:Sha256={TestConsumers.DigestOf("odd")}",
        ]));

        Assert.Equal(expected.Order(StringComparer.Ordinal), refusal.Problems.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("se-cret", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2UtY3JldA", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionStrings:Registry is no SQL", "--ConnectionStrings:Registry=Server=h;Database=d;Password='se-cret", "--Verification:Registry:Provider=SqlServer")]
    [InlineData("ConnectionStrings:Registry is no SQL", "--ConnectionStrings:Registry=Server=h;Database=d;Pwd=se-cret;Connect Timeout=se-cret", "--Verification:Registry:Provider=SqlServer")]
    [InlineData("ConnectionStrings:Registry is no SQL", "--ConnectionStrings:Registry=Server=h;Database=d;Pwd=se-cret;Connect Timeout=99999999999", "--Verification:Registry:Provider=SqlServer")]
    [InlineData("ConnectionStrings:Registry is no SQL", "--ConnectionStrings:Registry=Server=h;Database=d;Pwd=se-cret;Authentication=Active Directory Integrated", "--Verification:Registry:Provider=SqlServer")]
    [InlineData("ConnectionStrings:Registry is no SQL", "--ConnectionStrings:Registry=se-cret", "--Verification:Registry:Provider=SqlServer")]
    [InlineData("Verification:Registry:Provider is Sqlite, which", "--ConnectionStrings:RegistryReplica=Server=h;Database=d;Pwd=se-cret")]
    [InlineData("ConnectionStrings:Redis must be", "--ConnectionStrings:Redis=redis://user:se-cret@localhost:6379")]
    [InlineData("ConnectionStrings:Redis must be", "--ConnectionStrings:Redis=localhost:6379,pasword=se-cret")]
    [InlineData("Verification:Lookup:Redis:MacKey must be", "--ConnectionStrings:Redis=localhost:6379,password=se-cret")]
    public async Task Start_WrongConnectionString_IsToldByItsKeyAndNeverShown(string problem, params string[] arguments)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(args: arguments));

        Assert.Contains(refusal.Problems, it => it.StartsWith(problem, StringComparison.Ordinal));
        Assert.DoesNotContain("se-cret", refusal.ToString(), StringComparison.Ordinal);
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
    [InlineData("Verification:Registry:Provider is 'Oracle'; it must be one of sqlite, sql_server.", "--Verification:Registry:Provider=Oracle")]
    [InlineData("ConnectionStrings:Registry is missing", "--Verification:Registry:Provider=SqlServer")]
    [InlineData("Provider is Sqlite", "--ConnectionStrings:Registry=Server=localhost;Password=se-cret")]
    [InlineData(
        "The registry on SQL Server cannot be opened",
        "--Verification:Registry:Provider=SqlServer",
        "--ConnectionStrings:Registry=Server=127.0.0.1,9;Database=registry;User Id=sa;Password=se-cret;Connect Timeout=1",
        "--Verification:Registry:SqlServerSettings:OpenTimeout=2s")]
    public async Task Start_RegistryThatCannotBe_IsRefusedInPlainWords(string problem, params string[] arguments)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(args: arguments));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("se-cret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_IsLeftToMainToTell()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        using var logs = new CollectedLogs();

        await Assert.ThrowsAsync<IOException>(() => TestServer.StartAsync(
            configure: builder => builder.Logging.AddProvider(logs), args: $"--Kestrel:Endpoints:Grpc:Url=http://{holder.LocalEndpoint}"));

        Assert.Empty(logs.Errors);
    }

    [Fact]
    public async Task Log_OfTheHostOnceItRuns_IsKept()
    {
        await using var server = await TestServer.StartAsync();

        Assert.True(server.Service<ILoggerFactory>().CreateLogger("Microsoft.Extensions.Hosting.Internal.Host").IsEnabled(LogLevel.Error));
    }

    [Fact]
    public async Task Main_WrongConfiguration_EndsWithOne() =>
        Assert.Equal(1, await Program.Main(["--urls=http://*:0"]));
}
