using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>Prometheus's own judge of rules, from Debian's package <c>prometheus</c>.</summary>
internal static class Promtool
{
    /// <summary>How long a fault is shown before and after it begins, in scrapes of 15 s: five minutes each, longer than any alert waits.</summary>
    private const int Scrapes = 20;

    /// <summary>Whether it is installed.</summary>
    public static bool IsThere { get; } = IsInstalled();

    /// <summary>
    /// Which alerts fire on what a node showed: five minutes of <paramref name="before"/>, then five of <paramref name="during"/>; Prometheus
    /// is asked every 15 s.
    /// </summary>
    public static async Task<IReadOnlySet<string>> FiringAsync(Scrape before, Scrape during, IEnumerable<string> alerts)
    {
        var folder = Directory.CreateTempSubdirectory("promtool-");
        try
        {
            var firing = new HashSet<string>();
            File.Copy(Path.Combine(Architecture.Repository.Root, "deploy", "prometheus", "alerts.yml"), Path.Combine(folder.FullName, "alerts.yml"));
            foreach (var alert in alerts)
            {
                // It says what it got where that differs from what is expected: nothing.
                var path = Path.Combine(folder.FullName, $"{alert}.yml");
                await File.WriteAllTextAsync(path, TestOf(before, during, alert), TestContext.Current.CancellationToken);
                var (exitCode, output) = await RunAsync("test", "rules", path);
                if (exitCode != 0)
                {
                    Assert.Contains($"alertname=\"{alert}\"", output.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
                    firing.Add(alert);
                }
            }

            return firing;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("promtool", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    private static string TestOf(Scrape before, Scrape during, string alert)
    {
        var text = new StringBuilder();
        text.AppendLine("rule_files: [alerts.yml]").AppendLine("evaluation_interval: 15s").AppendLine("tests:");
        text.AppendLine("  - interval: 15s").AppendLine("    input_series:");
        foreach (var series in before.Series.Keys.Union(during.Series.Keys))
        {
            var labelled = series.Replace("{}", "{job=\"permit-verification\",instance=\"node\"}", StringComparison.Ordinal);
            labelled = labelled == series ? series[..^1] + ",job=\"permit-verification\",instance=\"node\"}" : labelled;
            text.AppendLine(CultureInfo.InvariantCulture, $"      - series: '{labelled}'");
            text.AppendLine(CultureInfo.InvariantCulture, $"        values: '{Values(before, series)} {Values(during, series)}'");
        }

        text.AppendLine("    alert_rule_test:");
        for (var scrape = 0; scrape < 2 * Scrapes; scrape++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"      - eval_time: {scrape * 15}s");
            text.AppendLine(CultureInfo.InvariantCulture, $"        alertname: {alert}").AppendLine("        exp_alerts: []");
        }

        return text.ToString();
    }

    private static string Values(Scrape scrape, string series) => scrape.Series.TryGetValue(series, out var value) ? $"{value}+0x{Scrapes - 1}" : $"_x{Scrapes}";

    private static bool IsInstalled()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("promtool", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
