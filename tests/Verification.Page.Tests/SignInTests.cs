using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

public sealed class SignInTests(PageSite site)
{
    [Fact]
    public async Task SignIn_WithAKeyThatNobodyHas_SaysSoAtTheField()
    {
        await using var tab = await site.OpenAsync();
        await tab.Page.Locator("input[name=key]").FillAsync("no-such-key");
        await tab.Page.Locator("button[type=submit]").ClickAsync();

        await Assertions.Expect(tab.Page.Locator("input[name=key]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(tab.Page.Locator(".complaint:visible")).ToHaveTextAsync("This key is not known.");
    }

    [Fact]
    public async Task SignIn_InTheDemo_OffersItsKeys()
    {
        await using var tab = await site.OpenAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "demo-school" }).ClickAsync();

        await Assertions.Expect(tab.Page.Locator("#tools")).ToContainTextAsync("demo-school");
    }

    [Fact]
    public async Task MyAccount_OfASchool_ShowsWhatItMaySeeAndWhatIsLeft()
    {
        await using var tab = await site.SignInAsync("demo-school");
        await tab.Page.Locator("nav a[href='#me']").ClickAsync();

        var page = tab.Page.Locator("main");
        await Assertions.Expect(page).ToContainTextAsync("School enrolment of children");
        await Assertions.Expect(page).Not.ToContainTextAsync("Home purchase");
        await Assertions.Expect(page.Locator("meter")).ToHaveCountAsync(3);
        await Assertions.Expect(page).ToContainTextAsync("of 5,000 left");
    }

    [Fact]
    public async Task SignOut_AfterAnAnswer_LeavesNothing()
    {
        await using var tab = await site.SignInAsync();
        await tab.AskAsync("BJ2024D00002");
        await tab.Page.Locator("summary").First.ClickAsync();
        await tab.Page.Locator("input[name=identity]").FillAsync("110105199003072338");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync();

        await Assertions.Expect(tab.Page.Locator("input[name=key]")).ToHaveValueAsync(string.Empty);
        var calls = tab.Calls.Count();
        var left = await tab.Page.EvaluateAsync<string>(Everything);
        Assert.DoesNotContain("BJ2024D00002", left, StringComparison.Ordinal);
        Assert.DoesNotContain("110105199003072338", left, StringComparison.Ordinal);
        Assert.DoesNotContain("demo-authority\"", left, StringComparison.Ordinal);
        await tab.Page.GoBackAsync();
        await Assertions.Expect(tab.Page.Locator(".verdict")).ToHaveCountAsync(0);
        Assert.Equal(calls, tab.Calls.Count());
    }

    [Fact]
    public async Task Reload_WhileSignedIn_SignsOut()
    {
        await using var tab = await site.SignInAsync();
        await tab.Page.ReloadAsync();

        await Assertions.Expect(tab.Page.Locator("input[name=key]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SwitchLanguage_OnAnAnswer_KeepsTheAnswer()
    {
        await using var tab = await site.SignInAsync();
        await tab.AskAsync("BJ2024D00002");
        var calls = tab.Calls.Count(call => call.Url.EndsWith(":verify", StringComparison.Ordinal));

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();

        await Assertions.Expect(tab.Verdict.Locator(".status")).ToHaveTextAsync("冻结");
        await Assertions.Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Assertions.Expect(tab.Page.Locator("input[name=number]")).ToHaveValueAsync("BJ2024D00002");
        Assert.Equal(calls, tab.Calls.Count(call => call.Url.EndsWith(":verify", StringComparison.Ordinal)));
    }

    /// <summary>All that the tab holds that a script could read: the document, what is typed, storages, cookies, the address.</summary>
    internal const string Everything =
        """
        async () => JSON.stringify([
          document.documentElement.outerHTML, [...document.querySelectorAll('input,textarea')].map(it => it.value), location.href, document.title,
          history.state, document.cookie, { ...localStorage }, { ...sessionStorage },
          await indexedDB.databases(), await caches.keys()])
        """;
}
