using Microsoft.Extensions.Logging.Abstractions;
using Verification.Caching;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Checks;
using Verification.Server.Limits;
using Verification.Server.Registration;
using Verification.Server.Telemetry;
using Verification.Server.Tests.Support;
using Verification.Storage.Sqlite;
using static Verification.Server.Tests.Support.Calls;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;

namespace Verification.Server.Tests.Registration;

/// <summary>What may be filed, where the registry that the lookup answered from was replaced before its events were read.</summary>
public sealed class ProceduresOfReplacedRegistryTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Answer_RevisionThatTheRestoredRegistryLeftOut_IsRefused()
    {
        var token = TestContext.Current.CancellationToken;
        await using var registry = await SqliteRegistry.OpenAsync(
            Path.Combine(_folder, "registry.db"), createIfMissing: true, 1, TimeProvider.System, token);
        await registry.MarkRestoredAsync(5, token);
        await using var node = new RegistryNode(
            registry, registry, new CachingOptions(), RulebookLibrary.Embedded, TimeProvider.System, NullLoggerFactory.Instance);
        var limits = new ServerLimits();
        using var inFlight = new ChecksInFlight(limits);
        var answers = new PermitProcedureAnswers(
            new BoundedLookup(new DoubleOfLookup(Task.CompletedTask), inFlight, limits),
            registry,
            new Inquiries(RulebookLibrary.Embedded, new Days(node.Readiness), TimeProvider.System, new CallMarks(new())),
            new NoTrail());

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(() => answers.AnswerAsync(
            new() { PermitNumber = "BJ2024000017", AsOf = Date("2026-11-25") },
            TestConsumers.Asker(ConsumerClass.IssuingAuthority),
            new CallTime(DateTime.MaxValue, token)));

        Assert.Equal("The registry does not stand at revision 1.", refused.Message);
    }
}
