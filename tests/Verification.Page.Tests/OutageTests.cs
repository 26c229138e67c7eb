using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

public sealed class OutageTests(PageSite site)
{
    private const string Problem = "application/problem+json";

    [Fact]
    public async Task Check_WhileTheServiceIsGone_SaysSoAndIsAnsweredWhenItIsBack()
    {
        await using var server = new PageServer();
        await server.StartAsync();
        await using var tab = await site.SignInAsync(address: server.Address);
        await tab.AskAsync("BJ2024D00000");
        await server.KillAsync();

        await tab.Page.Locator("input[name=number]").FillAsync("BJ2024D00002");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");
        var notice = tab.Page.Locator(".notice");
        await Assertions.Expect(notice).ToContainTextAsync("The service cannot tell now");
        await Assertions.Expect(notice).ToContainTextAsync("That is not a “no”");
        await Assertions.Expect(tab.Verdict).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Page.Locator("p[role=status]")).ToContainTextAsync("The service cannot be reached");

        await server.StartAsync();
        await Assertions.Expect(tab.Verdict.Locator(".status")).ToHaveTextAsync("Frozen", new() { Timeout = 30_000 });
        await Assertions.Expect(notice).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task List_WhileTheServiceIsGone_GoesOnWhenItIsBack()
    {
        await using var server = new PageServer();
        await server.StartAsync();
        await using var tab = await site.SignInAsync(address: server.Address);
        await tab.Page.Locator("a[href='#list']").ClickAsync();
        await server.KillAsync();
        await tab.Page.Locator("textarea").FillAsync("BJ2024D00000\nBJ2024D00002");
        await tab.Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".notice")).ToContainTextAsync("UNREACHABLE");

        await server.StartAsync();
        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync("All 2 rows are answered", new() { Timeout = 30_000 });
    }

    [Theory]
    [InlineData("REGISTRY_UNAVAILABLE", 503, "en-GB", "The registry could not answer")]
    [InlineData("REGISTRY_STALE", 503, "zh-CN", "登记数据早于")]
    [InlineData("AUDIT_UNAVAILABLE", 503, "zh-CN", "无法记录将要作出的答复")]
    [InlineData("REGISTRY_SLOW", 504, "en-GB", "did not answer in time")]
    public async Task Check_ThatNobodyCanTell_IsAskedAgainWhenTheServiceSays(string reason, int status, string locale, string told)
    {
        await using var tab = await site.SignInAsync(options: new() { Locale = locale });
        var asked = 0;
        await tab.Page.RouteAsync("**/v1/permits:verify", route => Interlocked.Increment(ref asked) == 1
            ? route.FulfillAsync(new()
            {
                Status = status,
                ContentType = Problem,
                Headers = new Dictionary<string, string> { ["retry-after"] = "2" },
                Body = $$"""{"reason":"{{reason}}","status":{{status}},"detail":"…"}""",
            })
            : route.ContinueAsync());
        await tab.Page.Locator("input[name=number]").FillAsync("BJ2024D00000");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");

        await Assertions.Expect(tab.Page.Locator(".notice")).ToContainTextAsync(told);
        await Assertions.Expect(tab.Page.Locator(".notice")).ToContainTextAsync(reason);
        await tab.Verdict.WaitForAsync();
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Check_AnsweredWithSomethingElse_IsNoVerdict()
    {
        await using var tab = await site.SignInAsync();
        await tab.Page.RouteAsync("**/v1/permits:verify", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = "<h1>Sign in to the hotel's network</h1>",
        }));
        await tab.Page.Locator("input[name=number]").FillAsync("BJ2024D00000");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");

        await Assertions.Expect(tab.Page.Locator(".notice")).ToContainTextAsync("UNREADABLE");
        await Assertions.Expect(tab.Verdict).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Check_AnsweredForAnotherPermit_IsNotShown()
    {
        await using var tab = await site.SignInAsync();
        await tab.Page.RouteAsync("**/v1/permits:verify", async route =>
        {
            var answer = await route.FetchAsync(new() { PostData = """{"permitNumber":"BJ2024D00000"}"""u8.ToArray() });
            await route.FulfillAsync(new() { Response = answer });
        });
        await tab.Page.Locator("input[name=number]").FillAsync("BJ2024D00002");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");

        await Assertions.Expect(tab.Page.Locator(".notice")).ToContainTextAsync("OTHER_QUESTION");
        await Assertions.Expect(tab.Verdict).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Check_WithAKeyThatWasTakenBack_SignsOut()
    {
        await using var tab = await site.SignInAsync();
        await tab.Page.RouteAsync("**/v1/permits:verify", route => route.FulfillAsync(new()
        {
            Status = 401,
            ContentType = Problem,
            Body = """{"reason":"CREDENTIAL_REVOKED","status":401}""",
        }));
        await tab.Page.Locator("input[name=number]").FillAsync("BJ2024D00000");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");

        await Assertions.Expect(tab.Page.Locator(".banner")).ToContainTextAsync("This key was taken back");
        await Assertions.Expect(tab.Page.Locator("input[name=key]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_AtTheSpeedOfAMobileNetwork_Works()
    {
        await using var tab = await site.OpenAsync();
        var devtools = await tab.Context.NewCDPSessionAsync(tab.Page);
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false,
            ["latency"] = 400,
            ["downloadThroughput"] = 50_000,
            ["uploadThroughput"] = 50_000,
        });
        var begun = TimeProvider.System.GetTimestamp();
        await tab.Page.GotoAsync("about:blank");
        await tab.Page.GotoAsync("/");
        await tab.SignInAsync("demo-school");
        await tab.AskAsync("BJ2024D00000");
        await Assertions.Expect(tab.Page.Locator(".segments li")).Not.ToHaveCountAsync(0);
        TestContext.Current.TestOutputHelper!.WriteLine($"Page, sign-in, answer and course at 400 ms and 50 kB/s: {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:F1} s");
    }
}
