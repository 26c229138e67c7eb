using Grpc.Core;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests;

/// <summary>An identity number on the command line is never printed, wherever it stands and whatever is wrong beside it.</summary>
public sealed class PrivacyTests
{
    private const string Id = Samples.IdentityNumber;
    private const string Spaced = "110105 19900307 2338";
    private const string Passport = Samples.PassportNumber;
    private const string Wide = "１１０１０５１９９００３０７２３３８";

    public static TheoryData<string[]> CommandLines => new(
        ["verify", "BJ2024000017", $"--id={Id}", $"--id={Id}"],
        ["verify", "BJ2024000017", "--id", Id, "--id", Id],
        ["verify", "BJ2024000017", "--id", Id, Id],
        ["verify", "BJ2024000017", "--id", Spaced, Spaced],
        ["verify", "BJ2024000017", Wide],
        ["verify", "BJ2024000017", $"--di={Id}"],
        ["verify", "BJ2024000017", $"--di:{Id}"],
        ["verify", "BJ2024000017", $"--id{Id}"],
        ["verify", "BJ2024000017", $"-{Id}"],
        ["verify", "BJ2024000017", $"@{Id}"],
        ["verify", "BJ2024000017", "--as-of", Id],
        ["verify", "BJ2024000017", "--known-at", Id + "99"],
        ["verify", "BJ2024000017", "--edition", Id],
        ["verify", "BJ2024000017", "--role", Id],
        ["verify", "BJ2024000017", "--entitlement", Id],
        ["verify", "BJ2024000017", "--address", Id],
        ["verify", "BJ2024000017", "--timeout", Id],
        ["verify", "BJ2024000017", $"--json={Id}"],
        ["verify", "--id", Id],
        ["verify", Id],
        ["timeline", Id],
        ["timeline", "BJ2024000017", "--id", Id],
        ["history", Id],
        ["procedures", Id],
        ["procedures", Id, "--json"],
        ["verify", "BJ2024000017", "--through", Id],
        ["verify", "BJ2024000017", "--document", Id],
        ["timeline", "BJ2024000017", "--id", Id, "--document", "passport"],
        ["record", "BJ2024000017", "annulled", "--target", Id, "--reason", "x"],
        ["verify", Id, "--json"],
        ["timeline", Id, "--json"],
        ["history", Id, "--json"],
        [Id],
        [$"--id={Id}"],
        ["[diagram]", "verify", "BJ2024000017", "--id", Id],
        ["import", Id],
        ["registry", "restored", "--jump", Id],
        ["registry", Id],
        ["import", $"no-such-folder/{Id}"],
        ["record", "BJ2024000017", Id],
        ["record", "BJ2024000017", "renewed", "--id", Id],
        ["record", "BJ2024000017", "issued", "--kind", Id],
        ["record", "BJ2024000017", "issued", "--holder-id", Id, "--holder-id", Id, "--kind", "residence_permit"],
        ["record", "BJ2024000017", "dependant_added", "--id", Id],
        ["record", "BJ2024000017", "dependant_added", "--relation", "child", $"--id={Id}", "--on", "never"]);

    [Theory]
    [MemberData(nameof(CommandLines), DisableDiscoveryEnumeration = true)]
    public async Task Run_IdentityNumberAnywhere_IsNotPrinted(string[] args)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = request => Samples.NotFound(request.PermitNumber);
        cli.Script.Timeline = request => new() { PermitNumber = request.PermitNumber };
        cli.Script.Permit = request => new() { PermitNumber = request.PermitNumber };
        cli.Script.Procedures = _ => ProcedureSamples.NotFound();

        var result = await cli.RunAsync(args);

        AssertHidden(result);
    }

    public static TheoryData<string[]> LinesWithPassports => new(
        ["verify", "BJ2024000017", "--document", "passport", "--id", Passport],
        ["verify", "BJ2024000017", "--document", "passport", "--id", Passport, "--json"],
        ["verify", "BJ2024000017", "--document", "passport", $"--id={Passport}", $"--id={Passport}"],
        ["verify", "BJ2024000017", "--document", "passport", "--id", Passport, Passport],
        ["verify", "BJ2024000017", "--document", Passport],
        ["verify", "BJ2024000017", "--document", Passport, "--id", Passport],
        ["verify", "BJ2024000017", $"--document={Passport}"],
        ["verify", "BJ2024000017", "--through", Passport],
        ["verify", "BJ2024000017", "--documnt", "passport", "--id", Passport],
        ["timeline", "BJ2024000017", "--document", "passport", "--id", Passport],
        ["timeline", "BJ2024000017", "--document", Passport],
        ["procedures", Passport],
        ["procedures", "BJ2024000017", Passport],
        ["procedures", "BJ2024000017", "--as-of", Passport],
        ["procedures", "BJ2024000017", "--id", Passport],
        ["record", "BJ2024000017", Passport],
        ["record", "BJ2024000017", "annulled", "--target", Passport, "--reason", "x"],
        ["record", "BJ2024000017", "annulled", "--target", "1", "--id", Passport, "--reason", "x"],
        ["record", "BJ2024000017", "issued", "--kind", "residence_permit", "--holder-id", Passport, "--holder-document", "passport"],
        ["record", "BJ2024000017", "issued", "--kind", "residence_permit", "--holder-id", Passport, "--holder-document", Passport],
        ["record", "BJ2024000017", "issued", "--kind", "residence_permit", "--holder-document", Passport],
        ["record", "BJ2024000017", "dependant_added", "--relation", "child", "--id", Passport, "--id-document", "passport"],
        ["record", "BJ2024000017", "dependant_added", "--relation", "child", "--id", Passport, "--id-document", Passport],
        ["record", "BJ2024000017", "dependant_removed", "--relation", "child", "--id-document", Passport]);

    /// <summary>The service refuses each with a message that repeats the number as it was typed and as it is compared.</summary>
    [Theory]
    [MemberData(nameof(LinesWithPassports), DisableDiscoveryEnumeration = true)]
    public async Task Run_PassportNumber_IsNotPrinted(string[] args)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Procedures = _ => ProcedureSamples.NotFound();
        cli.Script.Verify = request => Refuse<Permits.Verification.V1.VerifyPermitResponse>(request.Subject.IdentityNumber);
        cli.Script.Timeline = request => Refuse<Permits.Verification.V1.GetTimelineResponse>(request.Subject.IdentityNumber);
        cli.Script.Record = request => Refuse<Permits.Registry.V1.RecordEventResponse>(
            request.Event.Issued?.HolderId ?? request.Event.DependantAdded.IdNumber);

        var result = await cli.RunAsync(args);

        foreach (var part in new[] { "1234", "5678" })
        {
            Assert.DoesNotContain(part, result.Output, StringComparison.Ordinal);
            // What names a request that was sent is random, and may have these digits.
            Assert.DoesNotContain(
                part, string.Concat(result.Error.Split('\n').Where(line => !line.StartsWith("note: if", StringComparison.Ordinal))), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task History_PassportNumberInTheAnswer_IsNotPrinted()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Permit = _ =>
        {
            var history = Samples.History();
            history.Events[0].Event.Issued.HolderId = Passport;
            history.Events[2].Event.DependantAdded.IdNumber = Passport;
            return history;
        };

        Assert.DoesNotContain(Passport, (await cli.RunAsync("history", "BJ2024000017")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Passport, (await cli.RunAsync("history", "BJ2024000017", "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_GoodIdentityNumber_IsInNoOutput()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();

        AssertHidden(await cli.RunAsync("verify", "BJ2024000017", "--id", Id));
        AssertHidden(await cli.RunAsync("verify", "BJ2024000017", "--id", Id, "--json"));
    }

    [Theory]
    [InlineData("王110105199003072338（个体）", "王(identity number)(个体)")]
    [InlineData("王１１０１０５１９９００３０７２３３８号", "王(identity number)号")]
    [InlineData("11010519491231002x死亡", "(identity number)死亡")]
    [InlineData("<110105199003072338>", "<(identity number)>")]
    [InlineData("甲_110105199003072338_乙", "甲_(identity number)_乙")]
    [InlineData("（甲）1110105199003072338公司", "（甲）1110105199003072338公司")]
    [InlineData("甲110105199003072338A公司", "甲110105199003072338A公司")]
    [InlineData("甲110105199003070439公司", "甲110105199003070439公司")]
    public async Task History_IdentityNumberInRecordedText_IsNotPrinted(string recorded, string shown)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Permit = _ =>
        {
            var history = Samples.History();
            history.Events[0].Event = new() { PermitNumber = "BJ2024000017", On = Samples.Day(2024, 4, 11), Cancelled = new() { Reason = recorded } };
            return history;
        };

        var text = await cli.RunAsync("history", "BJ2024000017");
        var json = await cli.RunAsync("history", "BJ2024000017", "--json");

        Assert.Contains($"注销: {shown}", text.Output, StringComparison.Ordinal);
        Assert.Equal(shown, json.Json.GetProperty("events")[0].GetProperty("event").GetProperty("cancelled").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Verify_ServiceSendsItBackInAnError_IsNotPrinted()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => throw Faults.Create(StatusCode.InvalidArgument, "X", $"bad {Id}", ("subject.identity_number", $"'{Id}' is bad"));

        var result = await cli.RunAsync("verify", "BJ2024000017", "--id", Id);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Equal("error: bad (identity number) (X)\n  subject.identity_number: '(identity number)' is bad\n", result.Error);
    }

    private static TAnswer Refuse<TAnswer>(string number) =>
        throw Faults.Create(StatusCode.InvalidArgument, "X", $"bad '{number}'", ("subject", $"'{number.Replace(" ", "", StringComparison.Ordinal)}' is bad"));

    private static void AssertHidden(CommandResult result)
    {
        foreach (var part in new[] { Id, "19900307", "2338", Spaced, Wide, "１９９００３０７" })
        {
            Assert.DoesNotContain(part, result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(part, result.Error, StringComparison.Ordinal);
        }
    }
}
