using Verification.Page.Tests.Support;

namespace Verification.Page.Tests;

public sealed class CheckTests(PageSite site)
{
    [Theory]
    [InlineData("BJ2024D00000", "en-GB", "VALID", "Valid", "Work residence permit")]
    [InlineData("BJ2024D00002", "en-GB", "FROZEN", "Frozen", "The annual inspection was missed")]
    [InlineData("BJ2024D00004", "en-GB", "EXPIRED", "Expired", "The term is over for good")]
    [InlineData("BJ2024D00005", "en-GB", "CANCELLED", "Cancelled", "A cancellation took effect")]
    [InlineData("BJ2024D00006", "en-GB", "NOT_YET_VALID", "Not yet valid", "Issued on")]
    [InlineData("XX2024D99999", "en-GB", "NOT_FOUND", "Not found", "This is the registry’s answer")]
    [InlineData("BJ2024D00000", "zh-CN", "VALID", "有效", "北京市工作居住证")]
    [InlineData("JZ2024D00010", "zh-CN", "VALID", "有效", "不是北京市工作居住证")]
    [InlineData("BJ2024D00002", "zh-CN", "FROZEN", "冻结", "未按期年检")]
    [InlineData("BJ2024D00004", "zh-CN", "EXPIRED", "过期", "自然失效")]
    [InlineData("BJ2024D00005", "zh-CN", "CANCELLED", "注销", "证件已经注销")]
    [InlineData("XX2024D99999", "zh-CN", "NOT_FOUND", "查无此证", "不是系统故障")]
    public async Task Check_OfEveryStatus_IsToldByWordAndShape(string number, string locale, string code, string word, string told)
    {
        await using var tab = await site.SignInAsync(options: new() { Locale = locale });
        await tab.AskAsync(number);

        await Assertions.Expect(tab.Verdict).ToContainClassAsync(code);
        await Assertions.Expect(tab.Verdict.Locator(".status")).ToHaveTextAsync(word);
        await Assertions.Expect(tab.Verdict).ToContainTextAsync(told);
        await Assertions.Expect(tab.Verdict.Locator(".mark svg path")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(tab.Page.Locator("p[role=status]")).ToContainTextAsync(word);
    }

    [Fact]
    public async Task Check_OfAFrozenPermit_TellsWhatItBringsItsCourseAndWhoCanAct()
    {
        await using var tab = await site.SignInAsync();
        await tab.AskAsync("BJ2024D00002");

        await Assertions.Expect(tab.Page.Locator(".nothing")).ToHaveTextAsync("Nothing The permit is not valid on the date.");
        await Assertions.Expect(tab.Page.Locator(".names li")).ToHaveCountAsync(18);
        await Assertions.Expect(tab.Page.Locator(".segments li[aria-current=date]")).ToContainTextAsync("Frozen");
        await Assertions.Expect(tab.Page.Locator(".segments li.coming").First).ToContainTextAsync("if nothing further is recorded");
        await Assertions.Expect(tab.Page.Locator(".bar-of")).ToHaveCountAsync(await tab.Page.Locator(".segments li").CountAsync());
        await Assertions.Expect(tab.Page.Locator(".remedies")).ToContainTextAsync("employer: written application with the business licence");
        await tab.Page.Locator("details.more summary").Last.ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".procedures li").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Check_OfASchool_ShowsItsEntitlementsAlone()
    {
        await using var tab = await site.SignInAsync("demo-school");
        await tab.AskAsync("bj 2024-d 00000");

        await Assertions.Expect(tab.Verdict).ToContainTextAsync("BJ2024D00000");
        await Assertions.Expect(tab.Page.Locator(".entitlements li")).ToHaveCountAsync(3);
        await Assertions.Expect(tab.Page.Locator(".procedures")).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Page.Locator("details.more")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Check_WithAPersonADayAndALastDay_IsAnsweredForThem()
    {
        await using var tab = await site.SignInAsync();
        await tab.Page.Locator("summary").First.ClickAsync();
        await tab.Page.Locator("select[name=role]").SelectOptionAsync("CHILD");
        await tab.Page.Locator("input[name=identity]").FillAsync("110105199003072338");
        await tab.Page.Locator("input[name=reference]").FillAsync("case-7");
        await tab.Page.Locator("input[name=edition]").FillAsync("1");
        await tab.Page.Locator("input[name=through]").FillAsync($"{TimeProvider.System.GetUtcNow().Year + 4}-12-31");
        await tab.AskAsync("BJ2024D00001");

        await Assertions.Expect(tab.Verdict.Locator(".bad")).ToHaveCountAsync(2);
        await Assertions.Expect(tab.Verdict).ToContainTextAsync("The identity number is not on the permit in that role");
        await Assertions.Expect(tab.Verdict).ToContainTextAsync("Not valid on every day through");
        await Assertions.Expect(tab.Verdict).ToContainTextAsync("This is the current edition");
        await Assertions.Expect(tab.Page.Locator(".nothing")).ToContainTextAsync("The identity number is not on the permit in that role");
    }

    [Fact]
    public async Task Check_ADateThatTheServiceRefuses_IsMarkedAtItsField()
    {
        await using var tab = await site.SignInAsync();
        await tab.Page.Locator("summary").First.ClickAsync();
        await tab.Page.Locator("input[name=through]").FillAsync("2099-01-01");
        await tab.Page.Locator("input[name=number]").FillAsync("BJ2024D00000");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");

        await Assertions.Expect(tab.Page.Locator("input[name=through]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(tab.Page.Locator("input[name=through]")).ToBeFocusedAsync();
        await Assertions.Expect(tab.Verdict).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Check_OfAnIdentityNumber_IsNotSent()
    {
        await using var tab = await site.SignInAsync();
        var calls = tab.Calls.Count();
        await tab.Page.Locator("input[name=number]").FillAsync("11010519900307233８");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");

        await Assertions.Expect(tab.Page.Locator(".complaint:visible")).ToContainTextAsync("It was not sent");
        Assert.Equal(calls, tab.Calls.Count());
    }

    [Fact]
    public async Task Check_AskedAgainBeforeItIsAnswered_ShowsTheLaterAnswerAlone()
    {
        await using var tab = await site.SignInAsync();
        var held = new TaskCompletionSource();
        await tab.Page.RouteAsync("**/v1/permits:verify", async route =>
        {
            if (route.Request.PostData!.Contains("D00002", StringComparison.Ordinal))
            {
                await held.Task;
            }

            await route.ContinueAsync();
        });
        await tab.Page.Locator("input[name=number]").FillAsync("BJ2024D00002");
        await tab.Page.Locator("input[name=number]").PressAsync("Enter");
        await tab.AskAsync("BJ2024D00000");
        held.SetResult();

        await Assertions.Expect(tab.Verdict.Locator(".status")).ToHaveTextAsync("Valid");
        await Assertions.Expect(tab.Verdict).ToContainTextAsync("BJ2024D00000");
    }

    [Fact]
    public async Task Answer_StillOpenAfterMidnight_SaysThatItIsForTheDayBefore()
    {
        await using var tab = await site.OpenAsync();
        await tab.Page.Clock.InstallAsync(new() { TimeDate = TimeProvider.System.GetUtcNow().UtcDateTime });
        await tab.Page.ReloadAsync();
        await tab.SignInAsync("demo-authority");
        await tab.AskAsync("BJ2024D00000");
        await Assertions.Expect(tab.Verdict).ToContainTextAsync(", today");

        await tab.Page.Clock.FastForwardAsync("24:00:00");

        await Assertions.Expect(tab.Page.Locator(".banner")).ToContainTextAsync("It is another day now");
        await Assertions.Expect(tab.Verdict).Not.ToContainTextAsync(", today");
    }

    [Fact]
    public async Task Check_ByKeyboardAlone_IsPossible()
    {
        await using var tab = await site.OpenAsync();
        await Assertions.Expect(tab.Page.Locator("input[name=key]")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("demo-authority");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("input[name=number]")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("BJ2024D00000");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Verdict.WaitForAsync();

        // The next number can be typed at once.
        await tab.Page.Keyboard.TypeAsync("BJ2024D00005");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Verdict.Locator(".status")).ToHaveTextAsync("Cancelled");
    }
}
