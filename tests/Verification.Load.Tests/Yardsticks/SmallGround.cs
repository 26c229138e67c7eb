using Verification.Load.Scenarios;
using Verification.Load.Servers;

namespace Verification.Load.Tests.Yardsticks;

/// <summary>A small registry, imported by the service itself, for the tests of a class.</summary>
public sealed class SmallGround : IAsyncLifetime
{
    public const int Permits = 1_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("verification-load-tests-").FullName;

    internal Ground Ground { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        (Ground, _) = await Preparation.MakeAsync(new Fleet(_folder, Permits), _folder, Permits, _ => { });

    public async ValueTask DisposeAsync()
    {
        await Ground.Fleet.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
