using System.Net;
using Google.Protobuf;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Attacks;

[Collection(AttacksRunAlone.Name)]
[Trait("Category", "Attack")]
public sealed class WalkTests(ITestOutputHelper output)
{
    private const string Number = "BJ2024000017";
    private const int Numbers = 100_000;
    private const int Sample = 400;

    // The promise; and what to allow for, as both callers and the server share the machine's few cores.
    private const double Margin = 1.5;
    private const double Noise = 0.5;

    /// <summary>100,000 made-up numbers from one consumer, while another asks on.</summary>
    [Fact]
    public async Task Walk_ManyMadeUpNumbers_TripsItsBudgetAndLeavesTheOtherConsumerAlone()
    {
        await using var server = await TestServer.StartAsync(args:
            [.. TestConsumers.School("walker", $"Keys:0:Sha256={TestConsumers.DigestOf("walker")}", "Limits:CheckBurst=1000000")]);
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        await using var bystander = new Bystander(server, "housing", Number);
        await bystander.MeasureAsync(2_000, 0.99);

        var (answered, refused) = (0, 0);
        var (quiet, busy) = (new List<double>(), new List<double>());
        const int Rounds = 10;
        for (var round = 0; round < Rounds; round++)
        {
            quiet.Add(await bystander.MeasureAsync(Sample, 0.99));
            var walk = WalkAsync(round);
            busy.Add(await bystander.MeasureAsync(Sample, 0.99));
            await walk;
        }

        // Others' work on this machine only ever adds: the quieter rounds tell what the walk does.
        var ratios = busy.Zip(quiet, (walked, alone) => walked / alone).Order().ToArray();
        var ratio = ratios[Rounds / 4];
        output.WriteLine(
            $"walk: {answered} answered, {refused} refused; p99 quiet {Median(quiet):F2} ms, walked {Median(busy):F2} ms; "
            + $"ratios {string.Join(' ', ratios.Select(value => $"{value:F2}"))}");
        Assert.Equal(Numbers, answered + refused);
        Assert.InRange(answered, 1, 200);
        Assert.True(ratio <= Margin + Noise, $"p99 ratio {ratio:F2}");

        async Task WalkAsync(int round)
        {
            // No gRPC client: its exceptions would cost this machine more than the server's refusals.
            using var client = new HttpClient { BaseAddress = server.Address };
            for (var i = 0; i < Numbers / Rounds; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "permits.verification.v1.VerificationService/VerifyPermit")
                {
                    Version = HttpVersion.Version20,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                    Content = new ByteArrayContent(Frame($"BJ{round}{i:D7}")),
                };
                request.Content.Headers.ContentType = new("application/grpc");
                request.Headers.Authorization = new("Bearer", "walker");
                using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response} {round} {i}");
                var status = response.Headers.TryGetValues("grpc-status", out var early) ? early : response.TrailingHeaders.GetValues("grpc-status");
                _ = status.Single() switch
                {
                    "0" => answered++,
                    "8" => refused++,
                    var other => throw new InvalidOperationException($"Status {other}."),
                };
            }
        }
    }

    /// <summary>A gRPC message: not compressed, its length, its bytes.</summary>
    private static byte[] Frame(string number)
    {
        var message = Calls.Check(number).ToByteArray();
        return [0, 0, 0, 0, (byte)message.Length, .. message];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
