using Deque.AxeCore.Commons;
using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

/// <summary>axe finds nothing, in either language, scheme and size.</summary>
public sealed class AccessibilityTests(PageSite site)
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public static TheoryData<string, ColorScheme, int> Surroundings => new()
    {
        { "en-GB", ColorScheme.Light, 1280 },
        { "en-GB", ColorScheme.Dark, 390 },
        { "zh-CN", ColorScheme.Light, 390 },
        { "zh-CN", ColorScheme.Dark, 1280 },
    };

    [Theory]
    [MemberData(nameof(Surroundings))]
    public async Task Views_ByAxe_HaveNoFault(string locale, ColorScheme scheme, int width)
    {
        await using var tab = await site.OpenAsync(new()
        {
            Locale = locale,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 844 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await tab.Page.Locator(".demo button").First.WaitForAsync();
        await CheckAsync(tab, "sign in");
        await tab.SignInAsync("demo-authority");
        await CheckAsync(tab, "empty");
        await tab.Page.Locator("summary").First.ClickAsync();
        foreach (var number in (string[])["BJ2024D00001", "BJ2024D00002", "BJ2024D00003", "BJ2024D00005", "BJ2024D00006", "XX2024D00001"])
        {
            await tab.AskAsync(number);
            await Assertions.Expect(tab.Page.Locator("[aria-busy]")).ToHaveCountAsync(0);
            await CheckAsync(tab, number);
        }

        await tab.Page.Locator("input[name=number]").FillAsync("x");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");
        await tab.Page.Locator(".complaint:visible").WaitForAsync();
        await CheckAsync(tab, "a number that is none");

        await tab.Page.Locator("nav a[href='#list']").ClickAsync();
        await tab.Page.Locator("textarea").FillAsync("BJ2024D00000\nBJ2024D00002\nBJ2024D00003\nBJ2024D00005\nBJ2024D00006\nXX2024D00001\nx");
        await tab.Page.Locator("main button[type=submit]").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(7);
        await tab.Page.Locator("td a").First.WaitForAsync();
        await CheckAsync(tab, "a list");

        await tab.Page.Locator("td a").First.ClickAsync();
        await tab.Page.Locator(".sheet").WaitForAsync(new() { Timeout = 30_000 });
        await CheckAsync(tab, "a record");

        await tab.Page.Locator("nav a[href='#me']").ClickAsync();
        await tab.Page.Locator("meter").First.WaitForAsync();
        await CheckAsync(tab, "my account");
    }

    [Fact]
    public async Task Axe_PageWithAFault_FindsIt()
    {
        await using var tab = await site.OpenAsync();
        await tab.Page.EvaluateAsync("() => document.documentElement.removeAttribute('lang')");

        Assert.StartsWith("serious html-has-lang", Assert.Single(await FaultsAsync(tab)), StringComparison.Ordinal);
    }

    /// <summary>Nothing is cut off on the smallest phone.</summary>
    [Theory]
    [InlineData("en-GB")]
    [InlineData("zh-CN")]
    public async Task Views_OnASmallPhone_DoNotScrollSideways(string locale)
    {
        await using var tab = await site.SignInAsync(options: new() { Locale = locale, ViewportSize = new() { Width = 320, Height = 640 } });
        await tab.AskAsync("BJ2024D00002");
        await Assertions.Expect(tab.Page.Locator("[aria-busy]")).ToHaveCountAsync(0);
        foreach (var view in (string[])["check", "list", "record", "me"])
        {
            await tab.Page.Locator($"nav a[href='#{view}']").ClickAsync();
            await tab.Page.Locator($"nav a[href='#{view}'][aria-current=page]").WaitForAsync();
            Assert.Equal((view, 0), (view, await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")));
        }
    }

    private static async Task CheckAsync(Tab tab, string view)
    {
        var faults = await FaultsAsync(tab);
        Assert.True(faults.Length == 0, $"{view}:\n" + string.Join('\n', faults));
    }

    /// <summary>What axe finds: injected once into a tab, as the page has no frames.</summary>
    private static async Task<string[]> FaultsAsync(Tab tab)
    {
        if (!await tab.Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await tab.Page.EvaluateAsync(Axe);
        }

        return await tab.Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(it =>
              [`${it.impact} ${it.id}: ${it.help}`, ...it.nodes.slice(0, 4).map(node => `  ${node.html}`)].join('\n'))
            """);
    }
}
