using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Server.Registration.Import;

namespace Verification.Server.Hosting.Demo;

/// <summary>Loads the made-up permits, by the way of any import.</summary>
internal sealed class DemoRegistry(IPermitRegistry registry, RegistryImport import, TimeProvider timeProvider)
{
    private const string ImportId = "demo";

    /// <summary>Loads them where the registry has no event yet.</summary>
    public async Task FillIfEmptyAsync(CancellationToken cancellationToken)
    {
        var head = await registry.ReadHeadAsync(cancellationToken);
        if (head.Revision == 0)
        {
            var file = DemoFile.Write(Calendar.DateInBeijing(timeProvider.GetUtcNow()));
            await import.RunAsync(ImportId, Pieces(file), ImportId, _ => Task.CompletedTask, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> file)
    {
        await Task.CompletedTask;
        yield return file;
    }
}
