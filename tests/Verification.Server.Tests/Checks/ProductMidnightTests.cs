using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Permits.Verification.V1;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Server.Hosting;
using Verification.Server.Tests.Support;
using PermitKind = Verification.Core.Permits.PermitKind;
using SubjectRole = Permits.Verification.V1.SubjectRole;

namespace Verification.Server.Tests.Checks;

/// <summary>
/// The midnight at which rulebook 2026.2 came into use, over the wire: memory is warm and the registry does not answer. A node that runs
/// through and one that starts after it answer alike.
/// </summary>
public sealed class ProductMidnightTests : IAsyncLifetime
{
    private const int Permits = 20_000;
    private const int BatchSize = 1_000;

    private static readonly DateTimeOffset BeforeMidnight = new(2026, 11, 24, 15, 59, 59, 900, TimeSpan.Zero);

    private WatchedRegistry _registry = null!;
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(configure: Configure, now: BeforeMidnight);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Verify_MemoryWarmAndRegistryFrozen_AllAnswersAreRightAndOfOneRulebook()
    {
        await AskAllAsync(_server, "2026.1");
        _registry.BeforeLoad = _ => throw new InvalidOperationException("The registry was read.");
        _registry.BeforePoll = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var loads = _registry.Loads;

        _server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await AskAllAsync(_server, "2026.2");

        Assert.Equal(loads, _registry.Loads);
    }

    [Fact]
    public async Task Verify_NodeStartedAfterMidnight_AnswersAsTheOneThatRanThrough()
    {
        await using var restarted = await TestServer.StartAsync(configure: Configure, now: BeforeMidnight.AddMilliseconds(100));

        await AskAllAsync(restarted, "2026.2");
    }

    private static async Task AskAllAsync(TestServer server, string version)
    {
        for (var first = 0; first < Permits; first += BatchSize)
        {
            int[] permits = [.. Enumerable.Range(first, BatchSize)];
            var batch = new BatchVerifyPermitsRequest();
            batch.Checks.AddRange(permits.Select(i => new VerifyPermitRequest
            {
                PermitNumber = Number(i).ToString(),
                Subject = i % 10 == 2 ? new Subject { Role = SubjectRole.Child } : null,
            }));
            var items = (await server.Permits.BatchVerifyPermitsAsync(batch)).Items;
            Assert.Equal(permits.Select(i => Expected(i, version)), items.Select(Actual));
        }
    }

    private static string Expected(int i, string version) => (i % 10, version) switch
    {
        (0, "2026.1") => "2026.1 Unspecified NotFound 17: PermitStatus PermitStatus",
        (0, _) => "2026.2 Unspecified NotFound 18: PermitStatus PermitStatus",
        (1, "2026.1") => "2026.1 ResidencePermit Valid 17: PermitKind PublicService",
        (1, _) => "2026.2 ResidencePermit Valid 18: FurtherRules PublicService",
        (2, "2026.1") => "2026.1 WorkResidencePermit Valid 17: HolderOnly HolderOnly",
        (2, _) => "2026.2 WorkResidencePermit Valid 18: HolderOnly FurtherRules",
        (3, "2026.1") => "2026.1 Unspecified NotFound 17: PermitStatus PermitStatus",
        (3, _) => "2026.2 EmployerRegistration Valid 18: PermitKind PermitKind",
        (_, "2026.1") => "2026.1 WorkResidencePermit Valid 17: FurtherRules CitizenTreatment",
        _ => "2026.2 WorkResidencePermit Valid 18: FurtherRules CitizenTreatment",
    };

    private static string Actual(BatchItem item)
    {
        var (verdict, provenance) = (item.Response.Verdict, item.Response.Provenance);
        return $"{provenance.RulebookVersion} {verdict.Kind} {verdict.Status} {verdict.Entitlements.Count}: "
            + $"{BasisOf(verdict, Entitlement.OverseasBusinessTravel)} {BasisOf(verdict, Entitlement.SocialInsurance)}";
    }

    private static Basis BasisOf(Verdict verdict, Entitlement entitlement) =>
        verdict.Entitlements.Single(decision => decision.Entitlement == entitlement).Basis;

    private static PermitNumber Number(int i) => PermitNumber.Parse($"BJ{i:000000}");

    private static PermitHistory? HistoryOf(PermitNumber number)
    {
        var i = int.Parse(number.ToString()[2..], CultureInfo.InvariantCulture);
        var kind = (i % 10) switch
        {
            0 => PermitKind.None,
            1 => PermitKind.ResidencePermit,
            3 => PermitKind.EmployerRegistration,
            _ => PermitKind.WorkResidencePermit,
        };
        var issued = new Issued(new DateOnly(2026, 5, 1).AddDays(i % 150), kind);
        return kind == PermitKind.None ? null : new PermitHistory(number, [new RecordedEvent(i, issued, BeforeMidnight.AddDays(-1), "bureau")]);
    }

    private void Configure(WebApplicationBuilder builder) => builder.Services.AddKeyedSingleton<IPermitRegistry>(
        RegistryHosting.Store,
        (services, _) =>
        {
            var generated = new GeneratedRegistry(Permits, services.GetRequiredService<TimeProvider>(), HistoryOf);
            return _registry = new WatchedRegistry(generated, generated, new UnavailableRegistry());
        });
}
