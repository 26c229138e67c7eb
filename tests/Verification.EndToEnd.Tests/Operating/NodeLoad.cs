using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>What callers do to a node.</summary>
internal static class NodeLoad
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Records some permits, and asks about them and about others, so that everything has something to show.</summary>
    public static async Task LoadAsync(MeasuredNode node, int checks = 300)
    {
        await RecordAsync(node, Enumerable.Range(0, 20).Select(NumberOf));
        var batch = new BatchVerifyPermitsRequest { Checks = { Enumerable.Range(0, 20).Select(i => new VerifyPermitRequest { PermitNumber = NumberOf(i) }) } };
        for (var i = 0; i < checks; i++)
        {
            await node.Client.Verification.VerifyPermitAsync(new() { PermitNumber = NumberOf(i % 25) }, cancellationToken: Cancellation);
            if (i % 50 == 0)
            {
                await node.Client.Verification.BatchVerifyPermitsAsync(batch, cancellationToken: Cancellation);
                await ErrorOfAsync(node, "?");
            }
        }
    }

    /// <summary>Records the issue of permits.</summary>
    public static async Task RecordAsync(MeasuredNode node, IEnumerable<string> numbers)
    {
        foreach (var number in numbers)
        {
            await node.Client.Registry.RecordEventAsync(
                new RecordEventRequest
                {
                    RequestId = number,
                    Event = new PermitEvent
                    {
                        PermitNumber = number,
                        On = new Google.Type.Date { Year = 2025, Month = 5, Day = 1 },
                        Issued = new Issued { Kind = PermitKind.WorkResidencePermit },
                    },
                },
                cancellationToken: Cancellation);
        }
    }

    /// <summary>Asks about many numbers by many references, well formed and not.</summary>
    public static async Task WalkAsync(MeasuredNode node, int questions)
    {
        for (var i = 0; i < questions; i++)
        {
            await ErrorOfAsync(node, $"BJ2023{i:000000}");
            await ErrorOfAsync(node, $"X{i}?");
            using var http = new HttpClient();
            using var answer = await http.GetAsync(new Uri(node.Http, $"/permits/BJ2023{i:000000}?id=110105199003072338"), Cancellation);
        }
    }

    /// <summary>The number of one of the permits.</summary>
    public static string NumberOf(int i) => $"BJ20240000{i + 17:00}";

    /// <summary>Asks about a number, whatever comes of it: the node counts that, which is what is looked at.</summary>
    public static Task ErrorOfAsync(MeasuredNode node, string number) => ErrorOfAsync(node.Client, number);

    /// <inheritdoc cref="ErrorOfAsync(MeasuredNode, string)"/>
    public static async Task ErrorOfAsync(Client.PermitVerificationClient client, string number)
    {
        try
        {
            await client.Verification.VerifyPermitAsync(new() { PermitNumber = number }, cancellationToken: Cancellation);
        }
        catch (RpcException)
        {
            // Counted by the node, which is what is looked at.
        }
    }
}
