using System.Globalization;
using System.Text.RegularExpressions;
using Grpc.Core;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests;

/// <summary>permitctl in Chinese: everything that a person reads.</summary>
public sealed partial class LanguageTests
{
    [Fact]
    public async Task Verify_Chinese_SaysAllOfItInChinese()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Frozen();
        cli.Script.Rulebook = _ => Samples.Rulebook();

        var result = await cli.RunAsync("verify", "BJ2024000017", "--lang", "zh");

        Assert.Equal(
            """
            证件号码   BJ2024000017
            种类       北京市工作居住证 WORK_RESIDENCE_PERMIT
            状态       冻结 FROZEN
            原因       冻结 INSPECTION_MISSED：未按期年检，证件已冻结
            所查日期   2026-05-04
            始于       2026-05-01
            截止       2027-03-05，以不再登记新事项为前提
            签发日期   2024-03-05
            到期日期   2027-03-05（期满后的第一天）

            待遇                                                  结论                     依据
            购房 HOME_PURCHASE                                    不能享受 NOT_CONFERRED   证件状态
            自住型商品房优先家庭 OWNER_OCCUPIED_HOUSING_LOTTERY   不能享受 NOT_CONFERRED   证件状态

            证件状态 PERMIT_STATUS   证件在该日期不是有效状态

            处理办法   办理人     内容
            冻结       聘用单位   持营业执照到区县人力社保局窗口提交书面申请 [A §3.5, §5]

            修订号 5312 · 数据截至 2026-05-04 00:30:00 +08:00 · 规则 2026.1 · 查询编号 01JTC0FFEE

            """.Split('\n'),
            result.Lines);
    }

    [Theory]
    [InlineData("LC_ALL", "zh_CN.UTF-8", true)]
    [InlineData("LANG", "zh_CN.UTF-8", true)]
    [InlineData("LANG", "zh_TW", true)]
    [InlineData("LANG", "en_US.UTF-8", false)]
    [InlineData("LANG", "C", false)]
    public async Task Run_Locale_DecidesTheLanguage(string variable, string locale, bool isChinese)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Variables[variable] = locale;

        Assert.StartsWith(isChinese ? "错误: " : "error: ", (await cli.RunAsync("verify")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Variables_TheFirstThatIsSetDecides()
    {
        await using var cli = await CommandLine.StartAsync();
        (cli.Variables["LC_ALL"], cli.Variables["LC_MESSAGES"], cli.Variables["LANG"]) = ("", "en_GB.UTF-8", "zh_CN.UTF-8");

        Assert.StartsWith("error: ", (await cli.RunAsync("verify")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lang", "en")]
    [InlineData("--lang=en")]
    public async Task Run_Option_WinsOverTheLocale(params string[] option)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Variables["LANG"] = "zh_CN.UTF-8";

        Assert.StartsWith("error: ", (await cli.RunAsync(["verify", .. option])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LanguageThatThereIsNot_IsRefused()
    {
        await using var cli = await CommandLine.StartAsync();

        Assert.Equal("error: --lang must be one of: en, zh\n", (await cli.RunAsync("verify", "BJ2024000017", "--lang", "fr")).Error);
    }

    [Fact]
    public async Task Run_Culture_OfWhoCallsStaysWhatItWas()
    {
        await using var cli = await CommandLine.StartAsync();
        var before = CultureInfo.CurrentUICulture;

        await cli.RunAsync("health", "--lang", "zh");

        Assert.Equal(before, CultureInfo.CurrentUICulture);
    }

    [Theory]
    [InlineData("zh", "zh-CN")]
    [InlineData("en", "en")]
    public async Task Run_Language_IsAskedOfTheService(string language, string header)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();

        await cli.RunAsync("verify", "BJ2024000017", "--lang", language);

        Assert.Equal([header], cli.Script.Languages);
    }

    [Fact]
    public async Task Error_WordedByTheServiceInChinese_IsShown()
    {
        await using var cli = await CommandLine.StartAsync();
        var status = Faults.Status(StatusCode.InvalidArgument, "MALFORMED_PERMIT_NUMBER", "permit_number: It is none.", null, ("permit_number", "It is none."));
        status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(new Google.Rpc.LocalizedMessage { Locale = "zh-CN", Message = "permit_number：不是证件号码。" }));
        cli.Script.Verify = _ => throw status.ToRpcException();

        var result = await cli.RunAsync("verify", "x", "--lang", "zh");

        Assert.Equal("错误: permit_number：不是证件号码。 (MALFORMED_PERMIT_NUMBER)\n  permit_number：It is none.\n", result.Error);
    }

    /// <summary>A service that speaks English alone is understood by its reasons.</summary>
    [Fact]
    public async Task Error_WordedInEnglishAlone_IsToldByItsReason()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => throw Faults.Create(StatusCode.Unavailable, "REGISTRY_STALE", "The registry was last heard of 9 s ago.");

        Assert.Equal("错误: 所掌握的登记数据早于调用方允许的时间 (REGISTRY_STALE)\n", (await cli.RunAsync("verify", "BJ2024000017", "--lang", "zh")).Error);
    }

    /// <summary>Whatever a person may read of a command's help: descriptions have Chinese in them, each of them.</summary>
    [Theory]
    [InlineData]
    [InlineData("verify")]
    [InlineData("timeline")]
    [InlineData("procedures")]
    [InlineData("history")]
    [InlineData("record")]
    [InlineData("import")]
    [InlineData("rulebook")]
    [InlineData("whoami")]
    [InlineData("doctor")]
    [InlineData("health")]
    [InlineData("registry")]
    [InlineData("registry", "restored")]
    [InlineData("registry", "confirm-clock")]
    [InlineData("registry", "backup")]
    [InlineData("consumer")]
    [InlineData("consumer", "new-key")]
    [InlineData("audit")]
    [InlineData("audit", "key")]
    [InlineData("audit", "show")]
    [InlineData("audit", "verify")]
    [InlineData("audit", "export")]
    [InlineData("audit", "replay")]
    [InlineData("context")]
    [InlineData("context", "set")]
    [InlineData("context", "use")]
    [InlineData("context", "list")]
    [InlineData("context", "delete")]
    [InlineData("completion")]
    public async Task Help_Chinese_HasNoEnglishSentence(params string[] command)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync([.. command, "--help", "--lang", "zh"]);

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Empty(EnglishSentence().Matches(result.Output).Select(match => match.Value));
        Assert.Matches("[\u4E00-\u9FFF]", result.Output);
    }

    [Theory]
    [InlineData("verify", "BJ", "--as-of", "x")]
    [InlineData("verify", "BJ", "--id", "")]
    [InlineData("verify", "BJ", "--role", "x")]
    [InlineData("verify", "BJ", "--edition", "x")]
    [InlineData("verify", "BJ", "--document", "passport")]
    [InlineData("verify", "BJ", "--file", "x", "--out", "y.csv")]
    [InlineData("verify", "BJ", "--asof", "x")]
    [InlineData("verify", "BJ", "--id", "1", "--id", "2")]
    [InlineData("verify")]
    [InlineData("verify", "--file", "x")]
    [InlineData("verify", "--file", "x", "--out", "y.txt")]
    [InlineData("verify", "--file", "x", "--out", "y.csv", "--encoding", "latin")]
    [InlineData("verify", "BJ", "--timeout", "0")]
    [InlineData("verify", "BJ", "--address", "x")]
    [InlineData("verify", "BJ", "--context", "x")]
    [InlineData("record", "BJ", "moved")]
    [InlineData("record", "BJ", "renewed", "--kind", "x")]
    [InlineData("record", "BJ", "issued")]
    [InlineData("audit", "show")]
    [InlineData("audit", "show", "--csv", "--json")]
    [InlineData("consumer", "new-key", "--name", "1")]
    [InlineData("registry", "restored")]
    [InlineData("import", "-", "--check", "--again")]
    [InlineData("context", "use", "x")]
    [InlineData("completion", "x")]
    public async Task Error_Chinese_IsInChinese(params string[] args)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync([.. args, "--lang", "zh"]);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Matches("[\u4E00-\u9FFF]", result.Error.Replace("错误", "", StringComparison.Ordinal));
        Assert.Empty(EnglishSentence().Matches(result.Error).Select(match => match.Value));
    }

    // Three words in a row, of letters alone, are a sentence; names of options, commands, codes and files are not.
    [GeneratedRegex(@"(?<![-\w.'])(?!permitctl )[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}(?![-\w])")]
    private static partial Regex EnglishSentence();
}
