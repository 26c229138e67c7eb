using System.Globalization;
using System.Text;

namespace Verification.EndToEnd.Tests;

/// <summary>
/// A bureau's whole register, as it is sent on three nights: all lines in order of date, so that those of one permit lie far apart.
/// Every fifth card was reissued twice on one day, by two lines that say the same; one line in a hundred is followed by an empty one.
/// </summary>
internal sealed class Register
{
    private static readonly (string On, string Line)[] Years =
    [
        ("2024-02-29", "\"event\":\"issued\",\"on\":\"2024-02-29\",\"kind\":\"work_residence_permit\",\"employer\":\"中关村软件有限公司\""),
        ("2024-04-01", "\"event\":\"inspected\",\"on\":\"2024-04-01\",\"channel\":\"online\""),
        ("2024-05-02", "\"event\":\"reissued\",\"on\":\"2024-05-02\""),
    ];

    private readonly List<string> _first = [];
    private readonly int _permits;

    public Register(int permits)
    {
        _permits = permits;
        foreach (var (_, line) in Years)
        {
            for (var permit = 0; permit < permits; permit++)
            {
                _first.Add(Line(permit * 7919 % permits, line));
            }
        }

        _first.AddRange(Enumerable.Range(0, permits / 5).Select(permit => Line(permit * 5, Years[2].Line)));
    }

    /// <summary>How many lines of each file are empty.</summary>
    public int EmptyLines { get; private set; }

    /// <summary>The first night's: one permit's last line names a date that does not exist.</summary>
    public byte[] First => File([.. _first, Last("2024-06-31")]);

    /// <summary>The second night's: that line is repaired.</summary>
    public byte[] Repaired => File([.. _first, Last("2024-06-30")]);

    /// <summary>The third night's: with a day's new events, of old permits and of new ones.</summary>
    public byte[] NextDay => File([.. WithNextDay()]);

    /// <summary>The third night's, with a line put right in the middle of a permit's events: where its date wants it.</summary>
    public byte[] RepairedInTheMiddle => File(
        [.. WithNextDay().TakeWhile(line => !line.Contains(Years[2].On, StringComparison.Ordinal)), Line(1, "\"event\":\"reissued\",\"on\":\"2024-04-30\""),
        .. WithNextDay().SkipWhile(line => !line.Contains(Years[2].On, StringComparison.Ordinal))]);

    private static string Line(int permit, string rest) => string.Create(CultureInfo.InvariantCulture, $"{{\"permit\":\"BJ9{permit:D7}\",{rest}}}\n");

    private static string Last(string on) => Line(7, $"\"event\":\"cancelled\",\"on\":\"{on}\",\"reason\":\"离京\"");

    private IEnumerable<string> WithNextDay()
    {
        foreach (var line in _first.Append(Last("2024-06-30")))
        {
            yield return line;
        }

        for (var permit = 0; permit < _permits; permit += 50)
        {
            yield return Line(permit, "\"event\":\"reissued\",\"on\":\"2024-07-01\"");
            yield return Line(_permits + permit, "\"event\":\"issued\",\"on\":\"2024-07-01\",\"kind\":\"residence_permit\"");
        }
    }

    private byte[] File(string[] lines)
    {
        EmptyLines = lines.Length / 100;
        var text = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            text.Append(lines[i]).Append(i % 100 == 99 ? "\n" : string.Empty);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
