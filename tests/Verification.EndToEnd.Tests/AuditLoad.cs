using System.Collections.Concurrent;
using Grpc.Core;
using Permits.Verification.V1;

namespace Verification.EndToEnd.Tests;

/// <summary>Asks a service from many sides, single checks and batches, and remembers by name what was answered.</summary>
internal sealed class AuditLoad
{
    private const int Callers = 6;

    private readonly ConcurrentBag<string> _answered = [];

    /// <summary>The check ids of all answers.</summary>
    public IReadOnlyCollection<string> Answered => _answered;

    /// <summary>Asks until the service is gone, or it is told to end.</summary>
    /// <returns>For each caller, whether it was the service that ended it.</returns>
    public Task<bool[]> RunAsync(DemoServer server, CancellationToken end) => Task.WhenAll(
        Enumerable.Range(0, Callers).Select(caller => Task.Run(() => AskAsync(server, isBatch: caller == 0, end), CancellationToken.None)));

    private async Task<bool> AskAsync(DemoServer server, bool isBatch, CancellationToken end)
    {
        var check = new VerifyPermitRequest { PermitNumber = server.ValidPermit };
        var batch = new BatchVerifyPermitsRequest { Checks = { Enumerable.Repeat(check, 20) } };
        try
        {
            while (!end.IsCancellationRequested)
            {
                if (isBatch)
                {
                    var items = (await server.Client.Verification.BatchVerifyPermitsAsync(batch, cancellationToken: CancellationToken.None)).Items;
                    items.ToList().ForEach(item => _answered.Add(item.Response.Provenance.CheckId));
                }
                else
                {
                    _answered.Add((await server.Client.Verification.VerifyPermitAsync(check, cancellationToken: CancellationToken.None)).Provenance.CheckId);
                }
            }

            return false;
        }
        catch (RpcException)
        {
            return true;
        }
    }
}
