using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

public sealed class ListTests(PageSite site)
{
    private const int Known = 14;
    private const int Stories = 27;

    [Fact]
    public async Task List_OfTenThousandRows_IsAnsweredInTenSecondsWithoutFreezingTheTab()
    {
        await using var tab = await OpenListAsync("demo-authority");
        var file = new StringBuilder("permit_number,reference\r\n");
        for (var i = 0; i < 10_000; i++)
        {
            file.Append(CultureInfo.InvariantCulture, $"{NumberOf(i)},case-{i}\r\n");
        }

        await tab.Page.EvaluateAsync(
            """
            () => {
              window.longest = 0;
              let last = performance.now();
              const frame = now => {
                window.longest = Math.max(window.longest, now - last);
                last = now;
                requestAnimationFrame(frame);
              };
              requestAnimationFrame(frame);
            }
            """);
        var begun = TimeProvider.System.GetTimestamp();
        await BringAsync(tab, Encoding.UTF8.GetBytes(file.ToString()));
        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync("All 10,000 rows are answered", new() { Timeout = 60_000 });
        var took = TimeProvider.System.GetElapsedTime(begun);
        var longest = await tab.Page.EvaluateAsync<double>("() => window.longest");
        TestContext.Current.TestOutputHelper!.WriteLine($"10,000 rows in {took.TotalSeconds:F1} s, longest time between frames {longest:F0} ms");

        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        Assert.True(longest < 500, $"The tab stood still for {longest} ms.");
        var valid = tab.Page.Locator(".chip.VALID .number");
        Assert.True(int.Parse(await valid.InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture) > 1_000);
        Assert.Equal(100, await tab.Page.Locator("tbody tr").CountAsync());
    }

    [Fact]
    public async Task List_FasterThanTheCallersLimits_WaitsAsLongAsItIsToldAndIsAnsweredWhole()
    {
        await using var tab = await OpenListAsync("demo-school");
        await BringAsync(tab, Encoding.ASCII.GetBytes(string.Join("\r\n", Enumerable.Range(0, 7_000).Select(NumberOf))));

        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync("All 7,000 rows are answered", new() { Timeout = 60_000 });
        await Assertions.Expect(tab.Page.Locator(".chip.FAULT")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task List_OfManyUnknownNumbers_StopsSaysSoAndKeepsWhatIsAnswered()
    {
        await using var tab = await OpenListAsync("demo-vehicle");
        await BringAsync(tab, Encoding.ASCII.GetBytes(string.Join("\r\n", Enumerable.Range(0, 600).Select(i => $"XX2024D{i:D5}"))));

        await Assertions.Expect(tab.Page.Locator(".notice")).ToContainTextAsync("UNKNOWN_BUDGET_EXHAUSTED", new() { Timeout = 30_000 });
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator(".chip.NOT_FOUND .number")).ToHaveTextAsync("200");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Download the result" })).ToBeVisibleAsync();
    }

    /// <summary>Several batches are under way: one that is refused must not undo another, whose answers were counted.</summary>
    [Fact]
    public async Task List_IsStoppedWhileAnotherBatchIsUnderWay_KeepsItsAnswers()
    {
        await using var tab = await OpenListAsync("demo-housing");
        var answered = new TaskCompletionSource();
        var refused = new TaskCompletionSource();
        await tab.Page.RouteAsync("**/v1/permits:batchVerify", async route =>
        {
            var isFirst = route.Request.PostData!.Contains("XX2024D00000", StringComparison.Ordinal);
            await (isFirst ? Task.CompletedTask : answered.Task);
            var response = await route.FetchAsync();
            answered.TrySetResult();
            await (isFirst ? refused.Task : Task.CompletedTask);
            await route.FulfillAsync(new() { Response = response });
            if (!isFirst)
            {
                // Time enough for the page to read it.
                await tab.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))");
                refused.TrySetResult();
            }
        });

        await BringAsync(tab, Encoding.ASCII.GetBytes(string.Join("\r\n", Enumerable.Range(0, 600).Select(i => $"XX2024D{i:D5}"))));

        await Assertions.Expect(tab.Page.Locator(".notice")).ToContainTextAsync("UNKNOWN_BUDGET_EXHAUSTED", new() { Timeout = 30_000 });
        await Assertions.Expect(tab.Page.Locator(".chip.NOT_FOUND .number")).ToHaveTextAsync("200");
    }

    [Theory]
    [InlineData("utf-8", true, ",", "en-GB")]
    [InlineData("utf-8", true, ";", "en-GB")]
    [InlineData("utf-8", false, ",", "zh-CN")]
    [InlineData("gb18030", false, ",", "zh-CN")]
    [InlineData("utf-16", true, "\t", "zh-CN")]
    public async Task List_AsASpreadsheetWritesIt_IsRead(string encoding, bool withMark, string separator, string locale)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Encoding.GetEncoding(encoding);
        string[] rows =
        [
            string.Join(separator, "案件编号", "证件号码", "办理人", "证件类型", "身份证件号码"),
            string.Join(separator, "\"A,1;\"\"x\"\"\"", "BJ2024D00001", "随往子女", "居民身份证", "110105199003072338"),
            string.Join(separator, "B", "'BJ2024D00002", "Holder", string.Empty, string.Empty),
            string.Join(separator, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty),
            string.Join(separator, "C", "1.1E+17", string.Empty, string.Empty, string.Empty),
            string.Join(separator, "D", "110105199003072338", string.Empty, string.Empty, string.Empty),
            string.Join(separator, "E", "BJ2024D00000", "aunt", string.Empty, string.Empty),
        ];
        await using var tab = await OpenListAsync("demo-authority", locale);
        await BringAsync(tab, [.. withMark ? text.GetPreamble() : [], .. text.GetBytes(string.Join("\r\n", rows))]);

        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync(locale == "en-GB" ? "All 5 rows are answered" : "5行全部核验完毕");
        await Assertions.Expect(tab.Page.Locator(".chip.FAULT .number")).ToHaveTextAsync("3");
        var body = tab.Page.Locator("tbody");
        await Assertions.Expect(body.Locator("tr")).ToHaveCountAsync(5);
        await Assertions.Expect(body.Locator("tr").Nth(1).Locator(".FROZEN")).ToBeVisibleAsync();
        await Assertions.Expect(body.Locator("tr").Nth(2).Locator("td.number").First).ToHaveTextAsync("5");
        await Assertions.Expect(body).Not.ToContainTextAsync("110105199003072338");
        Assert.DoesNotContain(tab.Calls, call => call.PostData?.Contains("\"permitNumber\":\"110105", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Result_WithCellsThatWouldBeFormulas_IsTextInExcel()
    {
        await using var tab = await OpenListAsync("demo-authority");
        await BringAsync(tab, Encoding.UTF8.GetBytes(
            "permit_number,reference\r\n=2+3,=cmd|'/c calc'!A0\r\n+BJ2024D00000,+1\r\n@SUM,@x\r\nBJ2024D00000,-1\r\nBJ2024D00000,\"\t=1\"\r\n"
            + "2024E10,007\r\n123456789012345678,MAR2024\r\n"));
        await Assertions.Expect(tab.Page.Locator(".told")).ToContainTextAsync("answered");

        var bytes = await DownloadAsync(tab, "Download the result");

        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).TrimEnd('\n').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(8, lines.Length);
        Assert.StartsWith("Row,Permit number,Reference,", lines[0], StringComparison.Ordinal);
        Assert.All(lines.SelectMany(line => line.Split(',')).Select(cell => cell.TrimStart('"')), cell => Assert.DoesNotMatch(@"^[=+\-@\t]", cell));
        Assert.Contains("2,'=2+3,'=cmd|'/c calc'!A0,", lines[1], StringComparison.Ordinal);
        Assert.Contains("'2024E10,'007,", lines[6], StringComparison.Ordinal);
        Assert.Contains("'123456789012345678,'MAR2024,", lines[7], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-GB", "permit_number,role,document,identity_number,reference")]
    [InlineData("zh-CN", "证件号码,办理人,证件类型,身份证件号码,案件编号")]
    public async Task Template_Downloaded_HasTheColumns(string locale, string columns)
    {
        await using var tab = await OpenListAsync("demo-authority", locale);

        var bytes = await DownloadAsync(tab, locale == "en-GB" ? "Download a template" : "下载模板");

        Assert.Equal(columns + "\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    /// <summary>What is usual for a permit's number is usual for a serial number too.</summary>
    [Theory]
    [InlineData("编号,姓名,证件号码")]
    [InlineData("number,name,permit_number")]
    [InlineData("证件编号,号码,permit number")]
    public async Task List_WithOtherNumbersBeforeThePermits_AsksAboutThePermits(string head)
    {
        await using var tab = await OpenListAsync("demo-authority");
        await BringAsync(tab, Encoding.UTF8.GetBytes($"{head}\n202600001,x,BJ2024D00002\n"));

        await Assertions.Expect(tab.Page.Locator("tbody tr").Nth(0).Locator(".FROZEN")).ToBeVisibleAsync();
        Assert.DoesNotContain(tab.Calls, call => call.PostData?.Contains("202600001", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task List_BroughtWhileAnotherRuns_IsNotDisturbedByTheOthersEnd()
    {
        await using var tab = await OpenListAsync("demo-authority");
        var calls = 0;
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await tab.Page.RouteAsync("**/v1/permits:batchVerify", async route =>
        {
            // The first list's are never answered.
            if (Interlocked.Increment(ref calls) <= 4)
            {
                return;
            }

            second.TrySetResult();
            await released.Task;
            await route.ContinueAsync();
        });
        await BringAsync(tab, Encoding.ASCII.GetBytes(string.Join("\n", Enumerable.Range(0, 2_000).Select(NumberOf))));
        await tab.Page.WaitForFunctionAsync("() => document.querySelector('.told')?.textContent === '0 of 2,000 rows'");
        await Eventually(() => Volatile.Read(ref calls) == 4);
        await BringAsync(tab, Encoding.ASCII.GetBytes(string.Join("\n", Enumerable.Range(0, 400).Select(NumberOf))));
        await second.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await tab.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))");

        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" })).ToBeHiddenAsync();
        released.SetResult();
        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync("All 400 rows are answered");

        static async Task Eventually(Func<bool> isSo)
        {
            for (var turn = 0; turn < 600 && !isSo(); turn++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            Assert.True(isSo());
        }
    }

    /// <summary>A list that runs over midnight is of one day: what was answered for another is asked again.</summary>
    [Fact]
    public async Task List_OverMidnight_IsOfItsFirstAnswersDay()
    {
        await using var tab = await OpenListAsync("demo-authority");
        var calls = 0;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await tab.Page.RouteAsync("**/v1/permits:batchVerify", async route =>
        {
            switch (Interlocked.Increment(ref calls))
            {
                case 1:
                    await route.ContinueAsync();
                    break;
                case 2:
                    // It was answered after midnight.
                    await first.Task;
                    var answer = await route.FetchAsync();
                    var text = Regex.Replace(await answer.TextAsync(), "(?<=\"asOf\": ?\\{)[^}]*", "\"year\":2035,\"month\":1,\"day\":2");
                    await route.FulfillAsync(new() { Response = answer, Body = text });
                    break;
                default:
                    await first.Task;
                    await route.ContinueAsync();
                    break;
            }
        });
        await BringAsync(tab, Encoding.ASCII.GetBytes(string.Join("\n", Enumerable.Range(0, 3_000).Select(NumberOf))));
        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync("500 of 3,000 rows");
        first.SetResult();
        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync("All 3,000 rows are answered");

        var asked = tab.Calls.Where(call => call.Url.EndsWith(":batchVerify", StringComparison.Ordinal)).ToArray();
        Assert.Equal(7, asked.Length);
        Assert.Equal(3, asked.Count(call => call.PostData!.Contains("asOf", StringComparison.Ordinal)));
        var rows = Encoding.UTF8.GetString(await DownloadAsync(tab, "Download the result"));
        Assert.DoesNotContain("2035-01-02", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_StillOpenAfterMidnight_SaysThatItIsForTheDayBefore()
    {
        await using var tab = await site.OpenAsync();
        await tab.Page.Clock.InstallAsync(new() { TimeDate = TimeProvider.System.GetUtcNow().UtcDateTime });
        await tab.Page.ReloadAsync();
        await tab.SignInAsync("demo-authority");
        await tab.Page.Locator("a[href='#list']").ClickAsync();
        await tab.Page.Locator("textarea").FillAsync("BJ2024D00000\n");
        await tab.Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync("As of ");
        await Assertions.Expect(tab.Page.Locator(".banner")).ToBeHiddenAsync();

        await tab.Page.Clock.FastForwardAsync("24:00:00");

        await Assertions.Expect(tab.Page.Locator(".banner")).ToContainTextAsync("It is another day now");
    }

    [Fact]
    public async Task Filter_ByAStatus_ShowsItsRowsAlone()
    {
        await using var tab = await OpenListAsync("demo-housing");
        await tab.Page.Locator("textarea").FillAsync("BJ2024D00000\nBJ2024D00002\nBJ2024D00005\nBJ2024D00029\n");
        await tab.Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(4);
        await tab.Page.Locator(".chip.FROZEN").ClickAsync();

        await Assertions.Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(tab.Page.Locator("thead")).ToContainTextAsync("Home purchase");
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4b, 0x03, 0x04, 0 }, "This is a workbook")]
    [InlineData(new byte[] { 0xff, 0x00, 0xff }, "The file is no text")]
    [InlineData(new byte[] { }, "There is no row to check")]
    [InlineData(new byte[] { (byte)'n', (byte)'a', (byte)'m', (byte)'e', (byte)'\n', (byte)'x' }, "No column is named permit_number")]
    public async Task File_ThatIsNoList_IsRefusedInWords(byte[] bytes, string told)
    {
        await using var tab = await OpenListAsync("demo-authority");
        await BringAsync(tab, bytes);

        await Assertions.Expect(tab.Page.Locator(".notice")).ToContainTextAsync(told);
    }

    [Fact]
    public async Task Stop_OnTheWay_KeepsWhatIsAnsweredAndGoesOn()
    {
        await using var tab = await OpenListAsync("demo-authority");
        var calls = 0;
        await tab.Page.RouteAsync("**/v1/permits:batchVerify", async route =>
        {
            // The first batches are answered, those after them only when the list goes on.
            if (Interlocked.Increment(ref calls) is > 2 and <= 6)
            {
                return;
            }

            await route.ContinueAsync();
        });
        await BringAsync(tab, Encoding.ASCII.GetBytes(string.Join("\n", Enumerable.Range(0, 3_000).Select(NumberOf))));
        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync("1,000 of 3,000 rows");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();

        await Assertions.Expect(tab.Page.Locator(".told")).ToHaveTextAsync("All 3,000 rows are answered");
    }

    private static string NumberOf(int i) => $"BJ2024D{(i % Known * Stories) + (i / Known % 6):D5}";

    private static Task BringAsync(Tab tab, byte[] bytes) =>
        tab.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "list.csv", MimeType = "text/csv", Buffer = bytes });

    private static async Task<byte[]> DownloadAsync(Tab tab, string button)
    {
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    private async Task<Tab> OpenListAsync(string key, string locale = "en-GB")
    {
        var tab = await site.SignInAsync(key, new() { Locale = locale });
        await tab.Page.Locator("a[href='#list']").ClickAsync();
        await tab.Page.Locator("textarea").WaitForAsync();
        return tab;
    }
}
