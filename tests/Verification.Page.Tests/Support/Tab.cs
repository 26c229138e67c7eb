using System.Collections.Concurrent;

namespace Verification.Page.Tests.Support;

/// <summary>A tab, and all that it asked for and complained about. Closing it fails where the page broke its own policy or threw.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<IRequest> _requests = [];

    private Tab(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        page.SetDefaultTimeout(20_000);
        page.Request += (_, request) => _requests.Enqueue(request);
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A refused call is told by the browser itself, and by the page in words.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Enqueue(message.Text);
            }
        };
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Every request so far.</summary>
    public IReadOnlyCollection<IRequest> Requests => [.. _requests];

    /// <summary>Requests of the service's calls so far.</summary>
    public IEnumerable<IRequest> Calls => Requests.Where(request => new Uri(request.Url).AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal));

    /// <summary>The band that tells the status.</summary>
    public ILocator Verdict => Page.Locator(".verdict");

    public static async Task<Tab> OpenAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    public async Task SignInAsync(string key)
    {
        await Page.Locator("input[name=key]").FillAsync(key);
        await Page.Locator("button[type=submit]").ClickAsync();
        await Page.Locator("input[name=number]").WaitForAsync();
    }

    /// <summary>Asks about a permit, and waits for the answer.</summary>
    public async Task AskAsync(string number)
    {
        await Page.Locator("input[name=number]").FillAsync(number);
        await Page.Locator("input[name=number]").PressAsync("Enter");
        await Verdict.WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Context.CloseAsync();
        Assert.Empty(_complaints);
    }
}
