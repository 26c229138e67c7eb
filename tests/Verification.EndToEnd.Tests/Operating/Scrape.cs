using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>What a node shows to Prometheus at one time.</summary>
internal sealed partial class Scrape
{
    private Scrape(IReadOnlyDictionary<string, string> series) => Series = series;

    /// <summary>The values, by the series with its labels.</summary>
    public IReadOnlyDictionary<string, string> Series { get; }

    /// <summary>The names of the series.</summary>
    public ISet<string> Names => Series.Keys.Select(series => series.Split('{')[0]).ToHashSet();

    /// <summary>Nothing: the node does not answer, which Prometheus notes as <c>up 0</c>.</summary>
    public static Scrape Of(bool isUp) => new(new Dictionary<string, string> { ["up{}"] = isUp ? "1" : "0" });

    /// <summary>Reads a scrape's text.</summary>
    public static Scrape Of(string text)
    {
        var series = new Dictionary<string, string> { ["up{}"] = "1" };
        foreach (Match line in Line().Matches(text))
        {
            series[$"{line.Groups["name"]}{{{line.Groups["labels"]}}}"] = line.Groups["value"].Value;
        }

        return new Scrape(series);
    }

    /// <summary>Scrapes a node.</summary>
    public static async Task<Scrape> OfAsync(Uri address)
    {
        using var http = new HttpClient();
        return Of(await http.GetStringAsync(new Uri(address, "/metrics"), TestContext.Current.CancellationToken));
    }

    /// <summary>The sum of a series over all labels that hold a text.</summary>
    public double Sum(string name, string label = "") => Series
        .Where(it => it.Key.StartsWith($"{name}{{", StringComparison.Ordinal) && it.Key.Contains(label, StringComparison.Ordinal))
        .Sum(it => double.Parse(it.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>\S+)( \d+)?\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
