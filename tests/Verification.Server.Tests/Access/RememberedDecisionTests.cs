using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Verification.Core.Rules.Codes;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;

namespace Verification.Server.Tests.Access;

public sealed class RememberedDecisionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Endpoint Verify = new(null, null, "verify");
    private static readonly ApiKey Key = ApiKey.FromText("key")!;

    private static readonly Consumer School =
        new("school", ConsumerClass.School, ConsumerRoles.Verify, new Budget("school", ConsumerLimits.Default, new FakeTimeProvider()));

    private static readonly ConsumerSet Set = new([School], [new(Key, School, new(Noon, Noon.AddHours(1)))], [], []);

    private readonly RememberedDecision _decision = new(
        "Bearer key", new ClaimsPrincipal(new ConsumerIdentity("ApiKey", Key, Key.Admit(Set, Noon))), forgetAt: Noon.AddMinutes(5));

    [Fact]
    public void Allows_AnEndpoint_ThatThePoliciesAllowedOnce()
    {
        Assert.False(_decision.Allows(Verify, Set, Noon));

        _decision.Allow(Verify);

        Assert.True(_decision.Allows(Verify, Set, Noon));
        Assert.False(_decision.Allows(new Endpoint(null, null, "record"), Set, Noon));
    }

    [Fact]
    public void Allows_SetReplacedOrTimeOver_Nothing()
    {
        _decision.Allow(Verify);

        Assert.False(_decision.Allows(Verify, ConsumerSet.Empty, Noon));
        Assert.False(_decision.Allows(Verify, Set, Noon.AddTicks(-1)));
        Assert.True(_decision.Allows(Verify, Set, Noon.AddMinutes(5).AddTicks(-1)));
        Assert.False(_decision.Allows(Verify, Set, Noon.AddMinutes(5)));
        Assert.Equal((false, true), (_decision.IsOver(Noon), _decision.IsOver(Noon.AddMinutes(5))));
    }

    [Fact]
    public void Find_ByTheHeader_IsTheDecisionAboutThatOneAlone()
    {
        var memory = new ConnectionMemory();
        Assert.Null(memory.Find("Bearer key"));

        memory.Keep("Bearer key", _decision);

        Assert.Same(_decision, memory.Find("Bearer key"));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Null(memory.Find($"Bearer key{i}")));
        Assert.Null(memory.Find(string.Empty));
    }

    /// <summary>A proxy's connection, on which several ask: each is taken for nobody but itself, and most are remembered.</summary>
    [Fact]
    public void Find_SeveralHeadersOnOneConnection_NeverAnothersDecision()
    {
        var memory = new ConnectionMemory();
        var remembered = 0;
        for (var i = 0; i < 400; i++)
        {
            var (one, other) = ($"Bearer one{i}", $"Bearer other{i}");
            memory.Keep(one, new RememberedDecision(one, _decision.User, Noon));
            memory.Keep(other, new RememberedDecision(other, _decision.User, Noon));
            Assert.True(memory.Find(other)?.IsAbout(other));
            remembered += memory.Find(one) is { } found && found.IsAbout(one) ? 1 : 0;
        }

        // Three of four, as there are four slots.
        Assert.InRange(remembered, 250, 350);
    }
}
