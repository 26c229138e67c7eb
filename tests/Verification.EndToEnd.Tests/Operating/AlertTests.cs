using System.Text.RegularExpressions;
using Verification.EndToEnd.Tests.Architecture;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>Each alert fires for its fault, made in a running node; none fires for one that is well. promtool is the judge.</summary>
public sealed partial class AlertTests : IDisposable
{
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

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();
}
