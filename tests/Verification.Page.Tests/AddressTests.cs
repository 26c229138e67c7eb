using System.Net;
using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

/// <summary>Who opened the wrong port or address is told in words where to go.</summary>
public sealed class AddressTests(PageSite site)
{
    [Theory]
    [InlineData("/favicon.ico", HttpStatusCode.OK, "image/svg+xml")]
    [InlineData("/favicon.svg", HttpStatusCode.OK, "image/svg+xml")]
    [InlineData("/page/vendor/lean-qr.LICENSE.txt", HttpStatusCode.OK, "text/plain")]
    [InlineData("/no/such/page", HttpStatusCode.NotFound, "text/html")]
    public async Task Path_OpenedInABrowser_IsAnsweredForAPerson(string path, HttpStatusCode status, string contentType)
    {
        using var http = new HttpClient { BaseAddress = site.Address };
        http.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal((status, contentType), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task GrpcPort_OpenedInABrowser_LeadsToThePage()
    {
        await using var tab = await site.OpenAsync();
        await tab.Page.GotoAsync(site.GrpcAddress.ToString());
        await Assertions.Expect(tab.Page.Locator("h1").First).ToHaveTextAsync("This port is for programs (gRPC)");
        await tab.Page.Locator("a").First.ClickAsync();

        await Assertions.Expect(tab.Page.Locator("input[name=key]")).ToBeVisibleAsync();
    }
}
