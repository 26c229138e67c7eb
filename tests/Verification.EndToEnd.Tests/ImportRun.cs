using System.Security.Cryptography;
using Grpc.Core;
using Permits.Registry.V1;

namespace Verification.EndToEnd.Tests;

/// <summary>One call that imports a file, and what it reported.</summary>
internal sealed record ImportRun(ImportEventsResponse Last, IReadOnlyList<(long Line, string Code, string Detail)> Rejects)
{
    public long LinesRead => Last.LinesRead;

    /// <summary>The id that permitctl gives a file.</summary>
    public static string IdOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    /// <summary>Imports a file; kills the server when it has read so many lines.</summary>
    public static async Task<ImportRun> RunAsync(DemoServer server, byte[] file, long killAt = long.MaxValue)
    {
        var last = new ImportEventsResponse();
        var rejects = new List<(long Line, string Code, string Detail)>();
        try
        {
            await foreach (var progress in server.Client.ImportAsync(IdOf(file), new MemoryStream(file), TestContext.Current.CancellationToken))
            {
                last = progress;
                rejects.AddRange(progress.Rejects.Select(reject => (reject.Line, reject.Code, reject.Detail)));
                if (progress.LinesRead >= killAt)
                {
                    await server.KillAsync();
                }
            }
        }
        catch (RpcException broken) when (killAt != long.MaxValue && broken.StatusCode is StatusCode.Unavailable or StatusCode.Internal)
        {
            // The service was killed under the call, as the test wants.
        }

        last.Rejects.Clear();
        return new ImportRun(last, rejects);
    }
}
