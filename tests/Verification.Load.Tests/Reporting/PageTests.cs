using System.Text.RegularExpressions;
using Verification.Load.Measuring;

namespace Verification.Load.Tests.Reporting;

public sealed class PageTests
{
    private static readonly string Page = Load.Reporting.Page.Of(
        MadeUpResult.With(("memory-hit", new Ratio(1.33, 1.30, 1.36))), [MadeUpResult.With(("memory-hit", new Ratio(1.33, 1.30, 1.36)))]);

    [Fact]
    public void Of_AResult_NeedsNothingFromElsewhere() =>
        Assert.DoesNotMatch(new Regex(@"https?://|<script|<link|<img|@import|url\(", RegexOptions.IgnoreCase), Page);

    [Fact]
    public void Of_AResult_ShowsRatioIntervalAndEveryPlot()
    {
        Assert.Contains("1.33 [1.30, 1.36]", Page, StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(Page, "<svg "));
        Assert.Contains("prefers-color-scheme: dark", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AResult_EscapesWhatItDidNotWrite() => Assert.Contains("a processor &lt;of&gt; one&#39;s own", Page, StringComparison.Ordinal);
}
