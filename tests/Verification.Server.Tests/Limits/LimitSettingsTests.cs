using System.ComponentModel.DataAnnotations;
using Verification.Server.Access.Settings;
using Verification.Server.Limits;

namespace Verification.Server.Tests.Limits;

public sealed class LimitSettingsTests
{
    [Fact]
    public void Defaults_OfAConsumer_AreThoseOfTheDocumentation()
    {
        var limits = ConsumerLimits.Default;

        Assert.Equal((1_000, 5_000), (limits.ChecksPerSecond, limits.CheckBurst));
        Assert.Equal((60, 200), (limits.UnknownPerMinute, limits.UnknownBurst));
        Assert.Equal((60, 200), (limits.UnknownPerMinuteOfBatches, limits.UnknownBurstOfBatches));
        Assert.Equal((60, 200), (limits.UnknownPerMinuteOfBatches, limits.UnknownBurstOfBatches));
        Assert.Equal((8, 5, 10_000, true), (limits.ConcurrentStreams, limits.WrongGuessesPerDay, limits.TrackedPermits, limits.Batches));
    }

    [Fact]
    public void Defaults_OfANode_AreThoseOfTheDocumentation()
    {
        var limits = new ServerLimits();

        Assert.Equal((20_000, 75, 10), (limits.ChecksInFlight, limits.BatchShare, limits.LookupSeconds));
        Assert.Equal((1 << 20, 4 << 20), (limits.VerificationMessageBytes, limits.RegistryMessageBytes));
        Assert.Equal((20_000, 100, 16_384, 10, 30), (
            limits.Connections, limits.StreamsPerConnection, limits.HeaderBytes, limits.HeaderSeconds, limits.ConnectionMinutes));
    }

    [Theory]
    [InlineData(2_000, 50, true)]
    [InlineData(2_000, 49, false)]
    [InlineData(10_000_000, 99, true)]
    public void BatchShare_OfTheRoom_IsABatchAtLeast(int checksInFlight, int batchShare, bool expected) =>
        Assert.Equal(expected, IsGood(new ServerLimits { ChecksInFlight = checksInFlight, BatchShare = batchShare }));

    [Theory]
    [InlineData(1_000, true, true)]
    [InlineData(999, true, false)]
    [InlineData(999, false, true)]
    public void CheckBurst_WhereBatchesAreAllowed_IsABatchAtLeast(int burst, bool batches, bool expected) =>
        Assert.Equal(expected, IsGood(ConsumerLimits.Default with { CheckBurst = burst, Batches = batches }));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Expires_OfACredential_LiesAfterNotBefore(int ticks, bool expected)
    {
        var noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(expected, IsGood(new SubjectSettings { Subject = "a", NotBefore = noon, Expires = noon.AddTicks(ticks) }));
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(null, "service", null, false)]
    [InlineData(null, null, "RS256", false)]
    [InlineData("https://issuer.example", "service", null, true)]
    [InlineData("https://issuer.example", null, null, false)]
    [InlineData("http://issuer.example", "service", null, false)]
    [InlineData("http://localhost:8080", "service", null, true)]
    [InlineData("ftp://localhost", "service", null, false)]
    [InlineData("issuer", "service", null, false)]
    [InlineData("https://issuer.example", "service", "ES512", true)]
    [InlineData("https://issuer.example", "service", "HS256", false)]
    public void Tokens_OfAnIssuer_NeedItsAddressAndTheAudience(string? issuer, string? audience, string? algorithm, bool expected) =>
        Assert.Equal(expected, IsGood(new TokenOptions { Issuer = issuer, Audience = audience, Algorithms = algorithm is null ? [] : [algorithm] }));

    [Theory]
    [InlineData("a.example", false, true)]
    [InlineData("*.example", false, false)]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData("a.example", true, false)]
    public void Certificate_OfAConsumer_IsKnownByOneThing(string? name, bool byKey, bool expected) =>
        Assert.Equal(expected, IsGood(new PinSettings { San = name, SpkiSha256 = byKey ? new string('a', 64) : null }));

    private static bool IsGood(IValidatableObject settings) => !settings.Validate(new ValidationContext(settings)).Any();
}
