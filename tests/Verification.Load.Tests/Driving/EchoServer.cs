using Verification.Load.Servers;
using Verification.Load.Yardsticks;

namespace Verification.Load.Tests.Driving;

/// <summary>One echo for the tests of a class.</summary>
public sealed class EchoServer : IAsyncLifetime
{
    private readonly Fleet _fleet = new(Path.GetTempPath(), permits: 0);

    internal ServerProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await _fleet.YardstickAsync(YardstickKind.Echo);

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();
}
