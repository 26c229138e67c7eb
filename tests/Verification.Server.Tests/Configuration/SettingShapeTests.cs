using Verification.Server.Configuration;

namespace Verification.Server.Tests.Configuration;

/// <summary>A setting of another shape is one of the problems told, and hides none of the others.</summary>
public sealed class SettingShapeTests
{
    private const string Other = "--Verification:Limits:Latitude=1";

    [Theory]
    [InlineData("Verification:Tokens:Algorithms=RS256", "Verification:Tokens:Algorithms is a single value; it must be a list")]
    [InlineData("Verification:Consumers:x:Roles=verify", "Verification:Consumers:x:Roles is a single value; it must be a list")]
    [InlineData("Verification:Consumers:x:Keys=abc", "Verification:Consumers:x:Keys is a single value; it must be a list")]
    [InlineData("Verification:Consumers:x:Limits=5", "Verification:Consumers:x:Limits is a single value; it has settings of its own")]
    [InlineData("Verification:Consumers=5", "Verification:Consumers is a single value; it has settings of its own")]
    [InlineData("Verification=5", "Verification is a single value; it has settings of its own")]
    [InlineData("Verification:ConsumersFile:x=1", "Verification:ConsumersFile has settings of its own; it must be a single value")]
    [InlineData("Verification:AllowCleartextBeyondLoopback:x=1", "Verification:AllowCleartextBeyondLoopback has settings of its own; it must be a single value")]
    [InlineData("Verification:Consumers:x:Keys:0:Expires:0=1", "Verification:Consumers:x:Keys:0:Expires has settings of its own; it must be a single value")]
    [InlineData("Verification:DataDirectory=", "Verification:DataDirectory is blank")]
    [InlineData("ConnectionStrings:Redis:x=1", "ConnectionStrings:Redis has settings of its own; it must be a single value")]
    [InlineData("ConnectionStrings=5", "ConnectionStrings is a single value; it has settings of its own")]
    [InlineData("Kestrel:Endpoints=5", "Kestrel:Endpoints is a single value; it has settings of its own")]
    [InlineData("Kestrel:Endpoints:More=5", "Kestrel:Endpoints:More is a single value; it has settings of its own")]
    public async Task Start_SettingOfAnotherShape_IsToldBesideTheOthers(string setting, string problem)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Program.CreateAsync([Other, $"--{setting}"], TimeProvider.System));

        Assert.Contains(refusal.Problems, told => told.StartsWith(problem, StringComparison.Ordinal));
        Assert.Contains("Verification:Limits:Latitude is no setting.", refusal.Problems);
    }

    [Theory]
    [InlineData("24:00:00", "would mean 24d; write 24h or 24d")]
    [InlineData("5", "write 5s")]
    [InlineData("1.00:00:00", "would mean 1d")]
    [InlineData("12:30", "would mean 750m")]
    [InlineData("24H", "must be a time")]
    [InlineData("soon", "must be a time")]
    public async Task Start_AmbiguousDuration_IsRefusedWithWhatItWouldMean(string text, string problem)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => Program.CreateAsync([$"--Verification:Lookup:Redis:TimeToLive={text}"], TimeProvider.System));

        var told = Assert.Single(refusal.Problems, told => told.StartsWith("Verification:Lookup:Redis:TimeToLive", StringComparison.Ordinal));
        Assert.Contains(problem, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The argument '--creat' has no value", "--creat", "--Verification:DataDirectory=/data", "--Verification:Limits:Latitude=1")]
    [InlineData("The argument '--creat' has no value", "--Verification:Limits:Latitude=1", "--creat")]
    [InlineData("The argument 'Verification:DataDirectory' is no setting", "--Verification:Limits:Latitude=1", "Verification:DataDirectory=/data")]
    [InlineData("A word among the arguments is no setting", "--Verification:Limits:Latitude=1", "se-cret")]
    public async Task Start_ArgumentOfAnotherForm_IsToldAndTakesNoSettingAway(string problem, params string[] arguments)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Program.CreateAsync(arguments, TimeProvider.System));

        Assert.Contains(refusal.Problems, told => told.StartsWith(problem, StringComparison.Ordinal));
        Assert.Contains("Verification:Limits:Latitude is no setting.", refusal.Problems);
    }

    [Fact]
    public async Task Start_ValueInTheNextArgument_IsTaken()
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => Program.CreateAsync([Other, "--Verification:Limits:Connections", "many"], TimeProvider.System));

        Assert.Contains(refusal.Problems, told => told.StartsWith("Verification:Limits:Connections is 'many'", StringComparison.Ordinal));
        Assert.DoesNotContain(refusal.Problems, told => told.StartsWith("The argument", StringComparison.Ordinal));
    }
}
