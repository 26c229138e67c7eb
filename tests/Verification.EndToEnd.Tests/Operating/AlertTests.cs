using System.Text;
using System.Text.RegularExpressions;
using Verification.EndToEnd.Tests.Architecture;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>Each alert fires for its fault, made in a running node; none fires for one that is well. promtool is the judge.</summary>
public sealed partial class AlertTests : IDisposable
{
    private static readonly string[] Counted = ["REGISTRY_UNAVAILABLE", "ISSUER_UNAVAILABLE", "GUESS_BUDGET_EXHAUSTED", "RATE_EXCEEDED"];

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Made => [.. Faults.All.Keys];

    private static string Rules => Path.Combine(Repository.Root, "deploy", "prometheus", "alerts.yml");

    private static string[] Alerts => [.. AlertName().Matches(File.ReadAllText(Rules)).Select(name => name.Groups[1].Value)];

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public void Alerts_OfTheRules_EachHaveAFaultAndASectionOfTheRunbook()
    {
        var runbook = File.ReadAllText(Path.Combine(Repository.Root, "docs", "runbook.md"));

        Assert.Equal(Alerts.Order(), Faults.All.Values.SelectMany(fault => fault.Raises).Distinct().Order());
        Assert.All(Alerts, alert => Assert.Contains($"### {alert}", runbook, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_OfTheFile_AreWellFormed()
    {
        Assert.SkipUnless(Promtool.IsThere, "promtool, of Debian's package prometheus, is not installed.");

        var (exitCode, output) = await Promtool.RunAsync("check", "rules", Rules);

        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [MemberData(nameof(Made))]
    public async Task Alert_FaultMadeInARunningNode_Fires(string fault)
    {
        Assert.SkipUnless(Promtool.IsThere, "promtool, of Debian's package prometheus, is not installed.");
        var (raises, make) = Faults.All[fault];

        var (before, during) = await make(_folder.PathOf("node"));

        Assert.Empty(raises.Except(await Promtool.FiringAsync(before, during, raises)));
    }

    [Fact]
    public async Task Alert_NodeUnderOrdinaryLoad_DoesNotFire()
    {
        Assert.SkipUnless(Promtool.IsThere, "promtool, of Debian's package prometheus, is not installed.");
        await using var node = await MeasuredNode.StartAsync(_folder.PathOf("node"));
        await NodeLoad.LoadAsync(node);
        var before = await node.ScrapeAsync();
        await NodeLoad.LoadAsync(node);

        var firing = await Promtool.FiringAsync(before, await node.ScrapeAsync(), Alerts);

        // On a machine that does much else a check may be slow.
        Assert.Empty(firing.Except(["VerificationSlow"]));
    }

    /// <summary>What was counted long ago is not new because nobody looked for a while.</summary>
    [Fact]
    public async Task Alert_ScrapesFailedForAWhile_DoesNotFireForWhatWasCountedBefore()
    {
        Assert.SkipUnless(Promtool.IsThere, "promtool, of Debian's package prometheus, is not installed.");
        string[] alerts = ["VerificationRedisForeignValues", "VerificationRefusing", "VerificationGuessing", "VerificationLimitTooSmall"];
        string[] series =
        [
            "verification_redis_misses_total{reason=\"mac\",instance=\"node\"}",
            .. Counted.Select(reason => $"verification_refusals_total{{reason=\"{reason}\",consumer=\"school\",instance=\"node\"}}"),
        ];
        var rules = new StringBuilder($"rule_files: ['{Rules}']\nevaluation_interval: 15s\ntests:\n  - interval: 15s\n    input_series:\n");
        foreach (var one in series)
        {
            // There for ten minutes, away for twelve, and there again with nothing more.
            rules.Append("      - series: '").Append(one).Append("'\n        values: '40+0x40 _x48 40+0x80'\n");
        }

        rules.Append("    alert_rule_test:\n");
        foreach (var alert in alerts)
        {
            for (var minute = 21; minute < 42; minute++)
            {
                rules.Append(System.Globalization.CultureInfo.InvariantCulture, $"      - eval_time: {minute}m\n        alertname: {alert}\n        exp_alerts: []\n");
            }
        }

        var path = Path.Combine(_folder.PathOf("gap.yml"));
        await File.WriteAllTextAsync(path, rules.ToString(), TestContext.Current.CancellationToken);
        var (exitCode, output) = await Promtool.RunAsync("test", "rules", path);

        Assert.True(exitCode == 0, output);
    }

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();
}
