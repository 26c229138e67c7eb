using System.Collections.Immutable;
using Permits.Verification.V1;
using Verification.Load.Driving;
using Verification.Load.MadeUp;
using Verification.Load.Questions;
using Verification.Load.Servers;
using Verification.Load.Yardsticks;
using Entitlement = Permits.Verification.V1.Entitlement;

namespace Verification.Load.Scenarios;

/// <summary>All scenarios, in the order of a run.</summary>
internal static class ScenarioList
{
    private static readonly ImmutableArray<YardstickKind> Echo = [YardstickKind.Echo];

    /// <summary>The scenarios.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("echo-echo", "the echo beside another echo: the tool measures itself", On: null, HitOne, Echo) { Source = null },
        new("memory-hit", "one number, in memory", ServiceKind.Usual, HitOne, [YardstickKind.Echo, YardstickKind.Hybrid, YardstickKind.Fusion]),
        new("memory-random", "random numbers among all permits, in memory", ServiceKind.Usual, ground => Among(ground, ground.Count), Echo)
        {
            PrepareAsync = Warming.FillAsync,
        },
        new("redis-hit", "random numbers that Redis knows", ServiceKind.FewInMemory, ground => Among(ground, Warming.ManyNumbers), [YardstickKind.Redis])
        {
            Source = "redis",
            PrepareAsync = Warming.FillRedisAsync,
        },
        new("registry-hit", "random numbers from the registry", ServiceKind.WithoutRedis, ground => Among(ground, Warming.ManyNumbers), [YardstickKind.Dapper])
        {
            Source = "registry",
        },
        new("unknown", "one number that no permit has", ServiceKind.Usual, Unknown, Echo),
        new("malformed", "a text that is no number: INVALID_ARGUMENT", ServiceKind.Usual, Malformed, Echo) { Source = null },
        new("refused", "an entitlement out of scope: PERMISSION_DENIED", ServiceKind.Usual, Refused, Echo) { Source = null },
        new("identity", "with the holder's identity number", ServiceKind.Usual, Identity, Echo),
        new("past-date", "as of a date two years ago", ServiceKind.Usual, PastDate, Echo),
        new("known-at", "as the registry stood at a revision", ServiceKind.Usual, KnownAt, Echo),
        new("batch", "1,000 checks for the vehicle lottery", ServiceKind.Usual, ground => Batch(ground, EchoService.MaxChecks), Echo)
        {
            Shape = new Shape(4, 2),
        },
        new("stream", "a stream, 100 checks a message", ServiceKind.Usual, ground => Batch(ground, EchoService.StreamChecks), Echo)
        {
            Shape = new Shape(4, 2),
            IsStream = true,
        },
        new("redis-gone", "random numbers from the registry while Redis is dead", ServiceKind.RedisGone, ground => Among(ground, Warming.ManyNumbers), [YardstickKind.Dapper])
        {
            Source = "registry",
        },
        new("one-by-one", "one number in memory, one call at a time", ServiceKind.Usual, HitOne, Echo) { Shape = new Shape(1, 1) },
        new("many-by-many", "one number in memory, 32 connections of 32 calls", ServiceKind.Usual, HitOne, Echo) { Shape = new Shape(32, 32) },
    ];

    private static CheckQuestion HitOne(Ground ground) => CheckQuestion.Same(
        Keys.School, new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(0) }, ground.School.Verdict(MadeUpPermits.NumberOf(0)));

    private static CheckQuestion Among(Ground ground, int count) =>
        CheckQuestion.AmongFirst(Keys.School, Math.Min(count, ground.Count), ground.School);

    private static CheckQuestion Unknown(Ground ground) => CheckQuestion.Same(
        Keys.School,
        new VerifyPermitRequest { PermitNumber = MadeUpPermits.UnknownNumber(0) },
        ground.School.Verdict(MadeUpPermits.UnknownNumber(0)));

    private static RefusedQuestion Malformed(Ground ground) =>
        new RefusedQuestion(Keys.School, new VerifyPermitRequest { PermitNumber = "BJ/2024/17" }, "MALFORMED_PERMIT_NUMBER");

    private static RefusedQuestion Refused(Ground ground) => new RefusedQuestion(
        Keys.School,
        new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(0), Entitlements = { Entitlement.HomePurchase } },
        "ENTITLEMENT_OUT_OF_SCOPE");

    private static CheckQuestion Identity(Ground ground) => CheckQuestion.Same(
        Keys.School,
        new VerifyPermitRequest
        {
            PermitNumber = MadeUpPermits.NumberOf(0),
            Subject = new Permits.Verification.V1.Subject { IdentityNumber = MadeUpPermits.HolderOf(0) },
        },
        ground.School.Verdict(MadeUpPermits.NumberOf(0), holder: MadeUpPermits.HolderOf(0)));

    private static CheckQuestion PastDate(Ground ground)
    {
        var asOf = ground.Today.AddYears(-2);
        return CheckQuestion.Same(
            Keys.School,
            new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(2), AsOf = Expectations.ToDate(asOf) },
            ground.School.Verdict(MadeUpPermits.NumberOf(2), asOf));
    }

    private static CheckQuestion KnownAt(Ground ground) => CheckQuestion.Same(
        Keys.School,
        new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(0), KnownAtRevision = ground.Revision },
        ground.School.Verdict(MadeUpPermits.NumberOf(0)));

    private static BatchQuestion Batch(Ground ground, int checks) => new BatchQuestion(Keys.Vehicle, checks, checks, ground.Vehicle);
}
