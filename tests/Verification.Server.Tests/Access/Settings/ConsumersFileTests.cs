using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Permits.Verification.V1;
using Verification.Server.Access.Consumers;
using Verification.Server.Access.Settings;
using Verification.Server.Configuration;
using Verification.Server.Limits;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access.Settings;

public sealed class ConsumersFileTests : IDisposable
{
    private readonly string _path = Path.Combine(TestServer.NewFolder(), "consumers.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public async Task File_GoodThenDamagedThenGood_KeepsTheOldSetAndSaysWhy()
    {
        Write(Consumer("north", "one"));
        await using var server = await StartAsync();
        server.ExpectsError = error => error.Contains("ConsumersFileRefused", StringComparison.Ordinal);
        Assert.Equal(StatusCode.OK, await AskAsync(server, "one"));

        await File.WriteAllTextAsync(_path, """{ "consumers": { "north": { "cla""", TestContext.Current.CancellationToken);
        await LookAsync(server, expectedErrors: 1);
        Assert.Equal(StatusCode.OK, await AskAsync(server, "one"));

        Write(Consumer("north", "two").Replace("school", "kindergarten", StringComparison.Ordinal));
        await LookAsync(server, expectedErrors: 2);
        Assert.Equal(StatusCode.OK, await AskAsync(server, "one"));
        Assert.Contains("consumers:north:class is 'kindergarten'; it must be one of", server.Logs.Errors.Last(), StringComparison.OrdinalIgnoreCase);

        File.Delete(_path);
        await LookAsync(server, expectedErrors: 3);
        Assert.Equal(StatusCode.OK, await AskAsync(server, "one"));

        Write(Consumer("north", "two"));
        await LookAsync(server, expectedErrors: 3);
        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(server, "one"));
        Assert.Equal(StatusCode.OK, await AskAsync(server, "two"));

        await File.WriteAllTextAsync(_path, """{ "consumers": {} }""", TestContext.Current.CancellationToken);
        await LookAsync(server, expectedErrors: 3);
        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(server, "two"));
    }

    /// <summary>The framework runs a service's work some time after its start.</summary>
    [Fact]
    public async Task Watch_TimePassesBeforeItIsAtWork_LooksAllTheSame()
    {
        Write(Consumer("north", "one"));
        await using var server = await StartAsync();
        var directory = server.Service<ConsumerDirectory>();
        var before = directory.Current;
        var clock = new FakeTimeProvider();
        using var watch = new ConsumersFileWatch(server.Service<ConsumersFile>(), directory, clock, NullLogger<ConsumersFileWatch>.Instance);
        Write(Consumer("north", "two"));

        clock.Advance(ConsumersFileWatch.Interval);
        await watch.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => !ReferenceEquals(before, directory.Current), "The watch did not look.");
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "consumer": {} }""")]
    [InlineData("""{ "consumers": {}, "more": 1 }""")]
    [InlineData("""{ "consumers": "north" }""")]
    [InlineData("""{ "consumers": "x" }""")]
    [InlineData("""{ "consumers": "" }""")]
    [InlineData("""{ "consumers": { "a": { "class": "school" }, "A": { "class": "school" } } }""")]
    public async Task Start_FileOfAnotherForm_IsRefused(string text)
    {
        await File.WriteAllTextAsync(_path, text, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(StartAsync);

        Assert.Contains(_path, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The watch looks every few seconds: what it cannot read is told at the first look.</summary>
    [Fact]
    public void ReadIfChanged_FileThatCannotBeRead_IsToldOnceUntilItCouldBeRead()
    {
        var file = new ConsumersFile(_path, new ConsumerSetReader(new AccessOptions(new CertificateOptions(), new TokenOptions(), [], null), new Budgets(TimeProvider.System), isDemo: false));

        Assert.Equal([1, 0, 0], Looks(3));
        Write(Consumer("north", "one"));
        Assert.Equal([0, 0], Looks(2));
        File.Delete(_path);
        Assert.Equal([1, 0], Looks(2));

        int[] Looks(int times) => [.. Enumerable.Range(0, times).Select(_ =>
        {
            var problems = new StartProblems();
            file.ReadIfChanged(problems);
            return problems.All.Count;
        })];
    }

    [Fact]
    public async Task Start_FileMissing_IsRefused() =>
        Assert.Contains(_path, (await Assert.ThrowsAsync<StartRefusedException>(StartAsync)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Rotation_UnderLoad_RefusesNoCall()
    {
        Write(Consumer("north", "one"));
        await using var server = await StartAsync();
        var key = "one";
        var calls = new int[4];
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, calls.Length).Select(async caller =>
        {
            using var channel = server.Connect(string.Empty);
            var client = new VerificationService.VerificationServiceClient(channel);
            while (!stop.IsCancellationRequested)
            {
                var header = new Metadata { { "authorization", $"Bearer {Volatile.Read(ref key)}" } };
                await client.GetRulebookAsync(new(), header);
                Interlocked.Increment(ref calls[caller]);
            }
        }).ToArray();

        for (var round = 0; round < 6; round++)
        {
            var (old, young) = round % 2 == 0 ? ("one", "two") : ("two", "one");
            await RunAsync(5);
            Write(Consumer("north", old, young));
            await LookAsync(server, expectedErrors: 0);
            await RunAsync(5);
            Volatile.Write(ref key, young);

            // Every caller has finished a call that began with the new key.
            await RunAsync(5);
            Write(Consumer("north", young));
            await LookAsync(server, expectedErrors: 0);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        TestContext.Current.TestOutputHelper?.WriteLine($"{calls.Sum()} calls, 6 rotations, none refused");

        // So many more of every caller: the first of them may have begun before.
        async Task RunAsync(int more)
        {
            var until = calls.Select(made => made + more).ToArray();
            await Eventually.TrueAsync(
                () => Enumerable.Range(0, calls.Length).All(i => Volatile.Read(ref calls[i]) >= until[i]) || callers.Any(caller => caller.IsCompleted),
                "The calls do not go on.");
        }
    }

    [Fact]
    public async Task Revocation_OpenConnectionsAndStreams_BitesWithTheNextMessage()
    {
        Write(Consumer("north", "one"));
        await using var server = await StartAsync();
        using var channel = server.Connect("one");
        var client = new VerificationService.VerificationServiceClient(channel);
        using var stream = client.StreamVerifyPermits();
        var message = new StreamVerifyPermitsRequest { Batch = new() { Checks = { Calls.Check("BJ2024000017") } } };
        await stream.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await client.GetRulebookAsync(new());

        Write(Consumer("north", "one").Replace("\"sha256\"", "\"revoked\": true, \"sha256\"", StringComparison.Ordinal));
        await LookAsync(server, expectedErrors: 0);
        var unary = await Calls.ErrorOfAsync(async () => await client.GetRulebookAsync(new()));
        await stream.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        var streamed = await Calls.ErrorOfAsync(() => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIAL_REVOKED"), unary);
        Assert.Equal(unary, streamed);
    }

    /// <summary>What lets a consumer in is taken out of the file, by itself or with the consumer.</summary>
    [Theory]
    [InlineData("key")]
    [InlineData("consumer")]
    [InlineData("certificate")]
    [InlineData("token")]
    public async Task Credential_TakenOut_EndsConnectionsAndStreamsWithTheNextMessage(string what)
    {
        using var tls = new MutualTls();
        using var certificate = tls.Authority.Issue("north.example");
        await using var issuer = await TestIssuer.StartAsync();
        Write(North("\"san\": \"north.example\"", "\"subject\": \"north\"", "one"));
        await using var server = await TestServer.StartAsync(args:
        [
            .. tls.Arguments(),
            $"--Verification:Tokens:Issuer={issuer.Url}",
            $"--Verification:Tokens:Audience={TestIssuer.Audience}",
            $"--Verification:ConsumersFile={_path}",
        ]);
        using var channel = what switch
        {
            "certificate" => tls.Connect(server, certificate),
            "token" => server.Connect(issuer.Token("north")),
            _ => server.Connect("one"),
        };
        var client = new VerificationService.VerificationServiceClient(channel);
        using var stream = client.StreamVerifyPermits();
        var message = new StreamVerifyPermitsRequest { Batch = new() { Checks = { Calls.Check("BJ2024000017") } } };
        await stream.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await client.GetRulebookAsync(new());

        Write(what == "consumer"
            ? Consumer("south", "two")
            : North("\"san\": \"other.example\"", "\"subject\": \"other\"", "two"));
        await LookAsync(server, expectedErrors: 0);
        var unary = await Calls.ErrorOfAsync(async () => await client.GetRulebookAsync(new()));
        await stream.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        var streamed = await Calls.ErrorOfAsync(() => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIAL_INVALID"), unary);
        Assert.Equal(unary, streamed);
    }

    [Fact]
    public async Task ConcurrentStreams_Changed_CountsTheStreamsThatAreOpen()
    {
        Write(WithStreams(2));
        await using var server = await StartAsync();
        using var channel = server.Connect("one");
        var client = new VerificationService.VerificationServiceClient(channel);
        using var first = await OpenAsync();
        using var second = await OpenAsync();

        Write(WithStreams(3));
        await LookAsync(server, expectedErrors: 0);
        using var third = await OpenAsync();
        var fourth = await Calls.ErrorOfAsync(OpenAsync);
        Write(WithStreams(1));
        await LookAsync(server, expectedErrors: 0);
        await EndAsync(third);
        await EndAsync(second);
        var another = await Calls.ErrorOfAsync(OpenAsync);
        await EndAsync(first);
        using var last = await OpenAsync();

        Assert.Equal((StatusCode.ResourceExhausted, "STREAMS_EXHAUSTED"), fourth);
        Assert.Equal(fourth, another);

        async Task<AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse>> OpenAsync()
        {
            var call = client.StreamVerifyPermits();
            try
            {
                await call.RequestStream.WriteAsync(new() { Batch = new() { Checks = { Calls.Check("BJ2024000017") } } });
            }
            catch (Exception ended) when (ended is RpcException or InvalidOperationException)
            {
                Assert.NotEmpty(ended.Message);
            }

            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            return call;
        }

        static async Task EndAsync(AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse> call)
        {
            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }

        static string WithStreams(int streams) => Consumer("north", "one").Replace(
            "\"keys\"", $"\"limits\": {{ \"concurrentStreams\": {streams} }}, \"keys\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expiry_OpenConnectionsAndStreams_BitesWithTheNextMessage()
    {
        Write(Consumer("north", "one").Replace(
            "\"sha256\"", $"\"expires\": \"{TestServer.Now.AddMinutes(1):yyyy-MM-ddTHH:mm:ssZ}\", \"sha256\"", StringComparison.Ordinal));
        await using var server = await StartAsync();
        using var channel = server.Connect("one");
        var client = new VerificationService.VerificationServiceClient(channel);
        using var stream = client.StreamVerifyPermits();
        var message = new StreamVerifyPermitsRequest { Batch = new() { Checks = { Calls.Check("BJ2024000017") } } };
        await stream.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await client.GetRulebookAsync(new());

        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var unary = await Calls.ErrorOfAsync(async () => await client.GetRulebookAsync(new()));
        await stream.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        var streamed = await Calls.ErrorOfAsync(() => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIAL_EXPIRED"), unary);
        Assert.Equal(unary, streamed);
    }

    private static string North(string certificate, string token, string key) => Consumer("north", key).Replace(
        "\"keys\"", $"\"certificates\": [{{ {certificate} }}], \"tokens\": [{{ {token} }}], \"keys\"", StringComparison.Ordinal);

    private static string Consumer(string name, params string[] keys) =>
        $$"""
        "{{name}}": {
          "class": "school", "roles": ["verify"], "limits": { "checkBurst": 1000000 },
          "keys": [{{string.Join(", ", keys.Select(key => $$"""{ "sha256": "{{TestConsumers.DigestOf(key)}}" }"""))}}]
        }
        """;

    private static async Task<StatusCode> AskAsync(TestServer server, string key)
    {
        using var channel = server.Connect(key);
        try
        {
            await new VerificationService.VerificationServiceClient(channel).GetRulebookAsync(new());
            return StatusCode.OK;
        }
        catch (RpcException error)
        {
            return error.StatusCode;
        }
    }

    /// <summary>Lets the watch look, by its clock.</summary>
    private static async Task LookAsync(TestServer server, int expectedErrors)
    {
        var directory = server.Service<ConsumerDirectory>();
        var before = directory.Current;
        var errors = server.Logs.Errors.Count();
        server.Clock.Advance(ConsumersFileWatch.Interval);
        await Eventually.TrueAsync(
            () => !ReferenceEquals(before, directory.Current) || server.Logs.Errors.Count() != errors, "The watch did not look.");

        Assert.Equal(expectedErrors, server.Logs.Errors.Count());
    }

    private void Write(string consumer) => File.WriteAllText(_path, $$"""{ "consumers": { {{consumer}} } }""");

    private Task<TestServer> StartAsync() => TestServer.StartAsync(args: $"--Verification:ConsumersFile={_path}");
}
