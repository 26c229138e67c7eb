using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Checks;
using Verification.Server.Limits;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks;

public sealed class BoundedLookupTests
{
    private static readonly Rulebook Rulebook = RulebookLibrary.Embedded.All[0];
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");
    private static readonly CallTime NoDeadline = new(DateTime.MaxValue, CancellationToken.None);
    private static readonly ServerLimits Limits = new() { ChecksInFlight = 2_000, BatchShare = 50 };

    [Fact]
    public async Task Load_BatchesTakeTheirShare_ShedsBatchesAndStillAnswersSingleChecks()
    {
        var registry = new TaskCompletionSource();
        using var inFlight = new ChecksInFlight(Limits);
        var lookup = new BoundedLookup(new DoubleOfLookup(registry.Task), inFlight, Limits);
        var batch = lookup.FindManyAsync(Enumerable.Repeat(Number, 1_000).ToArray(), Rulebook, default, NoDeadline);

        var shed = await Calls.ErrorOfAsync(() => lookup.FindManyAsync([Number], Rulebook, default, NoDeadline));
        var singles = Enumerable.Range(0, 1_000).Select(_ => FindAsync(lookup, NoDeadline)).ToArray();
        var full = await Calls.ErrorOfAsync(() => FindAsync(lookup, NoDeadline));
        registry.SetResult();
        await Task.WhenAll([batch, .. singles]);

        Assert.Equal((StatusCode.Unavailable, "OVERLOADED"), shed);
        Assert.Equal(shed, full);
        await lookup.FindManyAsync([Number], Rulebook, default, NoDeadline);
    }

    [Fact]
    public async Task Load_GivenUp_KeepsItsRoomUntilTheRegistryIsDone()
    {
        var registry = new TaskCompletionSource();
        using var inFlight = new ChecksInFlight(Limits);
        var lookup = new BoundedLookup(new DoubleOfLookup(registry.Task), inFlight, Limits);
        var soon = new CallTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(20), CancellationToken.None);

        var error = await Calls.ErrorOfAsync(() => FindAsync(lookup, soon));

        Assert.Equal((StatusCode.DeadlineExceeded, "REGISTRY_SLOW"), error);
        Assert.Equal(1_999, inFlight.Room);
        registry.SetResult();
        await Eventually.TrueAsync(() => inFlight.Room == 2_000, "The room is not given back.");
    }

    [Fact]
    public async Task Load_NoDeadlineAndASlowRegistry_IsUnavailable()
    {
        using var inFlight = new ChecksInFlight(Limits);
        var lookup = new BoundedLookup(new DoubleOfLookup(new TaskCompletionSource().Task), inFlight, new ServerLimits { LookupSeconds = 1 });

        var error = await Calls.ErrorOfAsync(() => FindAsync(lookup, NoDeadline));

        Assert.Equal((StatusCode.Unavailable, "REGISTRY_SLOW"), error);
    }

    [Fact]
    public async Task Load_RegistryFails_GivesTheRoomBack()
    {
        using var inFlight = new ChecksInFlight(Limits);
        var lookup = new BoundedLookup(DoubleOfLookup.ThatFails(new RegistryUnavailableException("Down.")), inFlight, Limits);

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => FindAsync(lookup, NoDeadline));

        Assert.Equal(2_000, inFlight.Room);
    }

    [Fact]
    public async Task VerifyPermit_DeadlineBeforeASlowRegistry_NamesTheRegistryOverTheWire()
    {
        var registry = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(
            configure: builder => builder.Services.Replace(ServiceDescriptor.Singleton<IPermitLookup>(new DoubleOfLookup(registry.Task))));

        // The first error of a process takes its time, and a busy machine may take it at any: the reserve is for a server that runs. The client
        // whose own clock was first names nothing.
        var error = await AskAsync();
        for (var again = 0; again < 5 && error.Reason.Length == 0; again++)
        {
            error = await AskAsync();
        }

        registry.SetResult();
        Assert.Equal((StatusCode.DeadlineExceeded, "REGISTRY_SLOW"), error);

        Task<(StatusCode Code, string Reason)> AskAsync() => Calls.ErrorOfAsync(async () => await server.Permits.VerifyPermitAsync(
            Calls.Check("BJ2024000017"), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1)));
    }

    private static Task<PermitAnswer> FindAsync(BoundedLookup lookup, CallTime time) => lookup.FindAsync(Number, Rulebook, default, time).AsTask();
}
