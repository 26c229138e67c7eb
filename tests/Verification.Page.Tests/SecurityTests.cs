using System.Text.Json;
using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

/// <summary>What a page that holds a key owes its user: nobody else gets at it, and nothing of what is asked stands where it need not.</summary>
public sealed class SecurityTests(PageSite site)
{
    // Frozen, and not one of those that the demo's greeting names.
    private const string Permit = "BJ2024D00029";
    private const string Identity = "110105199003072338";

    [Fact]
    public async Task HostilePage_BesideASignedInTab_ReadsNothingAndAsksNothing()
    {
        await using var hostile = await HostileSite.StartAsync(site.Address);
        await using var tab = await site.SignInAsync("demo-school");
        await tab.AskAsync(Permit);

        var page = await tab.Context.NewPageAsync();
        await page.GotoAsync(hostile.Address.ToString());
        var outcome = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await page.EvaluateAsync<string>("async () => JSON.stringify(await window.attack())"))!;

        Assert.Equal(9, outcome.Count);
        Assert.All(outcome, attempt => Assert.Equal((attempt.Key, "refused"), (attempt.Key, attempt.Value)));

        // The signed-in tab is as it was, and whoever it is opened by holds no handle to it.
        await Assertions.Expect(tab.Verdict.Locator(".status")).ToHaveTextAsync("Frozen");
        var popup = await tab.Context.RunAndWaitForPageAsync(() => page.EvaluateAsync("() => { window.opened = window.open(window.target + '#x'); }"));
        await popup.WaitForLoadStateAsync();
        Assert.True(await popup.EvaluateAsync<bool>("() => window.opener === null"));
    }

    [Fact]
    public async Task Numbers_OfADaysWork_StandInNoAddressReferrerOrStorage()
    {
        await using var tab = await site.SignInAsync("demo-authority");
        await tab.Page.Locator("summary").First.ClickAsync();
        await tab.Page.Locator("input[name=identity]").FillAsync(Identity);
        await tab.AskAsync(Permit);
        await tab.Page.Locator("details.more summary").Last.ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".procedures li").First).ToBeVisibleAsync();
        await tab.Page.Locator("a[href='#list']").ClickAsync();
        await tab.Page.Locator("textarea").FillAsync($"permit_number\tidentity_number\n{Permit}\t{Identity}");
        await tab.Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".told")).ToContainTextAsync("answered");
        await tab.Page.Locator("td a").First.ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".sheet")).ToBeVisibleAsync(new() { Timeout = 30_000 });

        Assert.All(tab.Requests, request => Assert.DoesNotMatch($"{Permit}|{Identity}|demo-authority", request.Url));
        foreach (var request in tab.Requests)
        {
            Assert.False((await request.AllHeadersAsync()).ContainsKey("referer"), request.Url);
        }

        var stored = await tab.Page.EvaluateAsync<string>(
            "async () => JSON.stringify([localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length, history.state, location.href])");
        Assert.Equal($"[0,0,\"\",0,0,null,\"{site.Address}#record\"]", stored);
        Assert.DoesNotMatch($"{Permit}|{Identity}", site.Log);
    }

    [Fact]
    public async Task Requests_OfTheWholePage_GoToItsOwnOriginAlone()
    {
        await using var tab = await site.SignInAsync("demo-authority");
        await tab.AskAsync(Permit);
        foreach (var view in (string[])["list", "record", "me"])
        {
            await tab.Page.Locator($"nav a[href='#{view}']").ClickAsync();
            await tab.Page.Locator("main h1").WaitForAsync();
        }

        Assert.All(tab.Requests, request => Assert.Equal(site.Address.Authority, new Uri(request.Url).Authority));
    }

    [Fact]
    public async Task Headers_OfEveryFile_AllowNothingMoreThanThePageNeeds()
    {
        await using var tab = await site.SignInAsync();
        await tab.Page.Locator("nav a[href='#list']").ClickAsync();
        await tab.Page.Locator("textarea").WaitForAsync();
        var files = tab.Requests.Where(request => !new Uri(request.Url).AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal)
            && !request.Url.EndsWith("/page/demo", StringComparison.Ordinal)).ToArray();

        Assert.True(files.Length > 10);
        foreach (var file in files)
        {
            var headers = (await file.ResponseAsync())!.Headers;
            var policy = headers["content-security-policy"];
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("no-referrer", headers["referrer-policy"]);
            Assert.Equal("same-origin", headers["cross-origin-opener-policy"]);
            Assert.Equal("same-origin", headers["cross-origin-resource-policy"]);
            Assert.Equal("nosniff", headers["x-content-type-options"]);
            Assert.Equal("no-cache", headers["cache-control"]);
            Assert.NotEmpty(headers["etag"]);
        }
    }

    [Fact]
    public async Task Texts_OfAFile_AreNeverMarkup()
    {
        await using var tab = await site.SignInAsync();
        await tab.Page.Locator("a[href='#list']").ClickAsync();
        await tab.Page.Locator("textarea").FillAsync("permit_number,reference\nBJ2024D00000,<img src=x onerror=alert(1)>\n<script>alert(1)</script>,x");
        await tab.Page.Locator("button[type=submit]").ClickAsync();

        await Assertions.Expect(tab.Page.Locator("tbody")).ToContainTextAsync("<script>alert(1)</script>");
        await Assertions.Expect(tab.Page.Locator("main img, main script")).ToHaveCountAsync(0);
    }

}
