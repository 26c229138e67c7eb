using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using Google.Protobuf;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Errors;
using Verification.Server.Tests.Attacks;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Errors;

/// <summary>What refusals cost and how they are counted. Alone: it watches the exceptions of the whole process.</summary>
[Collection(AttacksRunAlone.Name)]
public sealed class RefusalsTests
{
    private static readonly string[] Walker =
    [
        .. TestConsumers.School(
            "walker", $"Keys:0:Sha256={TestConsumers.DigestOf("walker")}", "Limits:UnknownBurst=1", "Limits:CheckBurst=5000"),
    ];

    /// <summary>An exception costs more than an answer: a walk must not cause any.</summary>
    [Fact]
    public async Task Refusals_BudgetOfUnknownNumbersUsedUp_ThrowNothing()
    {
        await using var server = await TestServer.StartAsync(args: Walker);
        using var channel = server.Connect("walker");
        var client = new VerificationService.VerificationServiceClient(channel);
        using var stream = client.StreamVerifyPermits();
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check("BJ00000001"), Calls.Check("BJ00000002") } };
        Assert.NotNull((await AskAsync()).Response.Items[1].Error);
        await client.VerifyPermitAsync(Calls.Check("BJ00000001"));
        using var http = new HttpClient { BaseAddress = server.Address };
        var thrown = new ConcurrentQueue<Exception>();
        void Note(object? sender, FirstChanceExceptionEventArgs args) => thrown.Enqueue(args.Exception);

        AppDomain.CurrentDomain.FirstChanceException += Note;
        try
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.NotNull((await AskAsync()).Error);
                Assert.Equal("8", await PostAsync("VerifyPermit", Calls.Check("BJ00000003")));
                Assert.Equal("8", await PostAsync("GetTimeline", new GetTimelineRequest { PermitNumber = "BJ00000003" }));
                Assert.Equal("8", await PostAsync("BatchVerifyPermits", batch));
                Assert.Equal("8", await PostAsync("StreamVerifyPermits", new StreamVerifyPermitsRequest { Batch = batch }));
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Note;
        }

        Assert.Empty(thrown.OfType<RpcException>());

        async Task<StreamVerifyPermitsResponse> AskAsync()
        {
            await stream.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Batch = batch });
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
            return stream.ResponseStream.Current;
        }

        // Not by the gRPC client, which throws by itself.
        async Task<string> PostAsync(string method, IMessage message)
        {
            var bytes = message.ToByteArray();
            using var request = new HttpRequestMessage(HttpMethod.Post, $"permits.verification.v1.VerificationService/{method}")
            {
                Version = System.Net.HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent([0, 0, 0, 0, (byte)bytes.Length, .. bytes]),
            };
            request.Content.Headers.ContentType = new("application/grpc");
            request.Headers.Authorization = new("Bearer", "walker");
            using var response = await http.SendAsync(request);
            return response.Headers.GetValues("grpc-status").Single();
        }
    }

    [Fact]
    public async Task Refusals_OfEveryWay_AreCountedByReasonAndConsumer()
    {
        await using var server = await TestServer.StartAsync(args: Walker);
        using var counts = new Counts(server.Service<Refusals>().Meter);
        using var channel = server.Connect("walker");
        using var nobody = server.Connect("nobody's");
        var client = new VerificationService.VerificationServiceClient(channel);
        var outOfScope = new VerifyPermitRequest { PermitNumber = "BJ00000001", Entitlements = { Entitlement.HomePurchase } };

        await Calls.ErrorOfAsync(async () => await new VerificationService.VerificationServiceClient(nobody).GetRulebookAsync(new()));
        await Calls.ErrorOfAsync(async () => await client.VerifyPermitAsync(outOfScope));
        await Calls.ErrorOfAsync(async () => await client.VerifyPermitAsync(new()));
        await Calls.ErrorOfAsync(async () => await new Permits.Registry.V1.RegistryService.RegistryServiceClient(channel).GetPermitAsync(new()));
        using var stream = client.StreamVerifyPermits();
        var batch = new BatchVerifyPermitsRequest { Checks = { outOfScope, Calls.Check("BJ00000001"), Calls.Check("BJ00000002") } };
        for (var i = 0; i < 2; i++)
        {
            await stream.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Batch = batch });
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }

        await client.VerifyPermitAsync(Calls.Check("BJ00000001"));
        await Calls.ErrorOfAsync(async () => await client.VerifyPermitAsync(Calls.Check("BJ00000001")));

        Assert.Equal(
            [
                "CREDENTIAL_INVALID", "ENTITLEMENT_OUT_OF_SCOPE walker", "ENTITLEMENT_OUT_OF_SCOPE walker", "MALFORMED_PERMIT_NUMBER walker",
                "ROLE_MISSING walker", "UNKNOWN_BUDGET_EXHAUSTED walker", "UNKNOWN_BUDGET_EXHAUSTED walker", "UNKNOWN_BUDGET_EXHAUSTED walker",
            ],
            counts.All.Order(StringComparer.Ordinal));
    }

    private sealed class Counts : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Counts(Meter meter)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            {
                Assert.Equal(1, count);
                All.Enqueue(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
            });
            _listener.Start();
        }

        public ConcurrentQueue<string> All { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
