using System.Net;
using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

public sealed class WeightTests(PageSite site)
{
    private const string Watch =
        """
        window.shift = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shift += entry.value; })).observe({ type: 'layout-shift', buffered: true });
        """;

    [Fact]
    public async Task Page_WholeWithEveryView_IsSmallPaintsSoonAndDoesNotMove()
    {
        await using var tab = await site.OpenAsync();
        await tab.Page.Locator(".demo button").First.WaitForAsync();
        await tab.SignInAsync("demo-school");
        foreach (var view in (string[])["list", "me", "record"])
        {
            await tab.Page.Locator($"nav a[href='#{view}']").ClickAsync();
            await tab.Page.Locator($"nav a[href='#{view}'][aria-current=page]").WaitForAsync();
        }

        var (sent, whole) = (0, 0);
        foreach (var request in tab.Requests.Except(tab.Calls))
        {
            sent += (await request.SizesAsync()).ResponseBodySize;
            whole += (await (await request.ResponseAsync())!.BodyAsync()).Length;
        }

        // Asked again, the files are not sent again: what is measured is the browser's work and the server's answers.
        await tab.Page.AddInitScriptAsync(Watch);
        await tab.Page.ReloadAsync();
        await tab.Page.Locator(".demo button").First.WaitForAsync();
        var first = await tab.Page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        TestContext.Current.TestOutputHelper!.WriteLine($"First paint {first:F0} ms; {sent} bytes sent, {whole} unpacked.");

        Assert.Equal(0, await tab.Page.EvaluateAsync<double>("() => window.shift"));
        Assert.True(first < 1_000, $"First paint after {first} ms.");
        Assert.InRange(sent, 10_000, 75_000);
        Assert.InRange(whole, sent, 200_000);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData(null)]
    public async Task File_ByWhoHasItAlready_IsNotSentAgain(string? encoding)
    {
        using var http = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = site.Address };
        using var first = new HttpRequestMessage(HttpMethod.Get, "/page/page.js");
        if (encoding is not null)
        {
            first.Headers.Add("Accept-Encoding", encoding);
        }

        using var answer = await http.SendAsync(first);
        Assert.Equal(encoding is null ? [] : [encoding], answer.Content.Headers.ContentEncoding);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/page/page.js");
        again.Headers.Add("Accept-Encoding", encoding ?? "identity");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var notModified = await http.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);
        Assert.Empty(await notModified.Content.ReadAsByteArrayAsync());
    }
}
