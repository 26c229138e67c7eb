using Verification.Page.Tests.Support;

[assembly: AssemblyFixture(typeof(PageSite))]

namespace Verification.Page.Tests.Support;

/// <summary>One service and one browser, which the tests share; each has tabs of its own.</summary>
public sealed class PageSite : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly PageServer _server = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal Uri Address => _server.Address;

    internal Uri GrpcAddress => _server.GrpcAddress;

    internal string Log => _server.Log;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        if (File.Exists(Chromium))
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>A tab in a browser profile of its own.</summary>
    /// <param name="options">Language, size and scheme; null means a desktop in English.</param>
    /// <param name="address">The service; null means the one that all share.</param>
    internal async Task<Tab> OpenAsync(BrowserNewContextOptions? options = null, Uri? address = null)
    {
        Assert.SkipWhen(_browser is null, $"{Chromium} is missing: apt-get install chromium");
        options ??= new();
        options.Locale ??= "en-GB";
        options.BaseURL = (address ?? Address).ToString();
        options.AcceptDownloads = true;
        var tab = await Tab.OpenAsync(await _browser!.NewContextAsync(options));
        await tab.Page.GotoAsync("/");
        return tab;
    }

    /// <summary>A tab in which somebody has signed in.</summary>
    internal async Task<Tab> SignInAsync(string key = "demo-authority", BrowserNewContextOptions? options = null, Uri? address = null)
    {
        var tab = await OpenAsync(options, address);
        await tab.SignInAsync(key);
        return tab;
    }
}
