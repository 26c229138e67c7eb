using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

public sealed class RecordTests(PageSite site)
{
    // Copies of what was answered reach the audit database within seconds.
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task Record_OfACheck_SaysWhatWasAskedAndAnsweredAndPrints()
    {
        await using var tab = await site.SignInAsync("demo-school");
        await tab.Page.Locator("summary").First.ClickAsync();
        await tab.Page.Locator("input[name=reference]").FillAsync("case-42");
        await tab.AskAsync("BJ2024D00002");
        var id = await tab.Page.Locator(".rests code").InnerTextAsync();
        await tab.Page.Locator(".rests a.button").ClickAsync();

        var sheet = tab.Page.Locator(".sheet");
        await Assertions.Expect(sheet).ToBeVisibleAsync(Soon);
        foreach (var words in (string[])["BJ2024D00002", "Frozen", "case-42", "demo-school, School", "2026.2", id, "it comes out the same", "This record speaks for"])
        {
            await Assertions.Expect(sheet).ToContainTextAsync(words);
        }

        Assert.DoesNotContain(id, tab.Page.Url, StringComparison.Ordinal);
        var pdf = await tab.Page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true });
        Assert.Equal("%PDF"u8, pdf.AsSpan(0, 4));
        await tab.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(tab.Page.Locator(".bar")).ToBeHiddenAsync();
        await Assertions.Expect(tab.Page.Locator("form")).ToBeHiddenAsync();
        await Assertions.Expect(sheet.Locator("canvas")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task QrCode_OfARecord_LeadsAnotherClerkOfTheSameConsumerToIt()
    {
        string address;
        await using (var tab = await site.SignInAsync("demo-school"))
        {
            await tab.AskAsync("BJ2024D00005");
            await tab.Page.Locator(".rests a.button").ClickAsync();
            await Assertions.Expect(tab.Page.Locator(".sheet")).ToBeVisibleAsync(Soon);
            address = await QrCode.ReadAsync(tab.Page.Locator(".qr canvas"));
        }

        Assert.StartsWith($"{site.Address}#check=", address, StringComparison.Ordinal);
        await using var other = await site.OpenAsync();
        await other.Page.GotoAsync(address);
        await other.Page.ReloadAsync();
        await other.Page.Locator("input[name=key]").FillAsync("demo-school");
        await other.Page.Locator("button[type=submit]").ClickAsync();
        await other.Page.Locator("a[href='#record']").ClickAsync();
        await other.Page.Locator("input[name=id]").FillAsync(address);
        await other.Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(other.Page.Locator(".sheet")).ToBeVisibleAsync(Soon);
        await Assertions.Expect(other.Page.Locator(".sheet")).ToContainTextAsync("Cancelled");
    }

    [Fact]
    public async Task Address_OfARecord_OpensItAfterSigningIn()
    {
        await using var tab = await site.SignInAsync("demo-school");
        await tab.AskAsync("BJ2024D00005");
        var id = await tab.Page.Locator(".rests code").InnerTextAsync();

        await using var other = await site.OpenAsync();
        await other.Page.GotoAsync("about:blank");
        await other.Page.GotoAsync($"/#check={id}");
        await other.Page.Locator("input[name=key]").FillAsync("demo-school");
        await other.Page.Locator("button[type=submit]").ClickAsync();

        await Assertions.Expect(other.Page.Locator(".sheet")).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task Record_OfAnotherConsumer_IsNotShown()
    {
        string id;
        await using (var tab = await site.SignInAsync("demo-school"))
        {
            await tab.AskAsync("BJ2024D00005");
            id = await tab.Page.Locator(".rests code").InnerTextAsync();
            await tab.Page.Locator(".rests a.button").ClickAsync();
            await Assertions.Expect(tab.Page.Locator(".sheet")).ToBeVisibleAsync(Soon);
        }

        await using var other = await site.SignInAsync("demo-housing");
        await other.Page.Locator("a[href='#record']").ClickAsync();
        await other.Page.Locator("input[name=id]").FillAsync(id);
        await other.Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(other.Page.Locator(".notice")).ToContainTextAsync("There is no such record", new() { Timeout = 30_000 });
        await Assertions.Expect(other.Page.Locator(".sheet")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("01a2283a035e732ba5d3f52c162d2af")]
    public async Task Record_ByWhatIsNoNumber_IsNotAskedFor(string typed)
    {
        await using var tab = await site.SignInAsync("demo-school");
        await tab.Page.Locator("a[href='#record']").ClickAsync();
        await tab.Page.Locator("input[name=id]").FillAsync(typed);
        await tab.Page.Locator("button[type=submit]").ClickAsync();

        await Assertions.Expect(tab.Page.Locator(".complaint:visible")).ToContainTextAsync("This is no record number");
        Assert.DoesNotContain(tab.Calls, call => call.Url.Contains("/v1/checks/", StringComparison.Ordinal));
    }
}
