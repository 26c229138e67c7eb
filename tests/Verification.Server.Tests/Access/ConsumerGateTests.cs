using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Verification.Core.Rules.Codes;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;

namespace Verification.Server.Tests.Access;

/// <summary>What spares a call the schemes and policies, and what does not.</summary>
public sealed class ConsumerGateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Endpoint Verify = new(null, null, "verify");
    private static readonly Endpoint Open = new(null, new EndpointMetadataCollection(new AllowAnonymousAttribute()), "open");
    private static readonly ApiKey Key = ApiKey.FromText("key")!;

    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly ConnectionMemory _connection = new();
    private readonly ConsumerDirectory _directory = new(NewSet());
    private readonly ConsumerGate _gate;

    public ConsumerGateTests() => _gate = new ConsumerGate(_directory, _clock);

    [Fact]
    public void TryRecall_AskedBefore_LetsTheSameUserInForFiveMinutes()
    {
        var first = Call(Verify);
        Assert.False(_gate.TryRecall(first));
        LetIn(first);

        Assert.True(Recalls(Verify, "Bearer key", first.User));
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.True(Recalls(Verify, "Bearer key", first.User));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(_gate.TryRecall(Call(Verify)));
    }

    [Fact]
    public void TryRecall_AnotherHeaderEndpointConnectionOrSet_AsksAgain()
    {
        LetIn(Call(Verify));

        Assert.False(_gate.TryRecall(Call(Verify, "Bearer other")));
        Assert.False(_gate.TryRecall(Call(Verify, "Bearer key", "Bearer key")));
        Assert.False(_gate.TryRecall(Call(new Endpoint(null, null, "record"))));
        Assert.False(_gate.TryRecall(Call(null)));
        var elsewhere = Call(Verify);
        elsewhere.Features.Set(new ConnectionMemory());
        Assert.False(_gate.TryRecall(elsewhere));
        _directory.Replace(NewSet());
        Assert.False(_gate.TryRecall(Call(Verify)));
    }

    /// <summary>Another endpoint joins what is remembered, and does not make it last longer.</summary>
    [Fact]
    public void Remember_AnotherEndpointLater_IsForgottenWithTheFirst()
    {
        var record = new Endpoint(null, null, "record");
        LetIn(Call(Verify));
        _clock.Advance(TimeSpan.FromMinutes(4));
        LetIn(Call(record));

        Assert.True(_gate.TryRecall(Call(Verify)));
        Assert.True(_gate.TryRecall(Call(record)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_gate.TryRecall(Call(record)));
    }

    [Fact]
    public void Remember_SetReplacedMeanwhile_IsADecisionOfItsOwn()
    {
        LetIn(Call(Verify));
        _directory.Replace(NewSet());

        LetIn(Call(Verify));

        Assert.True(_gate.TryRecall(Call(Verify)));
    }

    /// <summary>Nobody decided on who calls an endpoint that is open to all.</summary>
    [Fact]
    public void Remember_EndpointOpenToAll_IsNothing()
    {
        LetIn(Call(Open));

        Assert.False(_gate.TryRecall(Call(Open)));
    }

    private static ConsumerSet NewSet()
    {
        var school = new Consumer("school", ConsumerClass.School, ConsumerRoles.Verify, new Budget("school", ConsumerLimits.Default, TimeProvider.System));
        return new ConsumerSet([school], [new(Key, school, Validity.Always)], [], []);
    }

    private bool Recalls(Endpoint endpoint, string header, ClaimsPrincipal user)
    {
        var call = Call(endpoint, header);
        return _gate.TryRecall(call) && ReferenceEquals(user, call.User);
    }

    /// <summary>As the schemes and policies do.</summary>
    private void LetIn(HttpContext call)
    {
        call.User = new ClaimsPrincipal(new ConsumerIdentity("ApiKey", Key, Key.Admit(_directory.Current, _clock.GetUtcNow())));
        _gate.Remember(call);
    }

    private DefaultHttpContext Call(Endpoint? endpoint, params string[] headers)
    {
        var call = new DefaultHttpContext();
        call.SetEndpoint(endpoint);
        call.Features.Set(_connection);
        call.Request.Headers.Authorization = headers is [] ? "Bearer key" : headers;
        return call;
    }
}
