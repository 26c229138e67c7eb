using System.Globalization;
using Verification.Core.Permits;

namespace Verification.Server.Hosting.Demo;

/// <summary>A made-up permit, event by event, as lines of a registry file.</summary>
/// <param name="number">Its number.</param>
/// <param name="index">Its place in the file; what is made up derives from it.</param>
internal sealed class DemoPermit(string number, int index)
{
    private static readonly string[] Employers =
        ["示范软件有限公司", "样例生物科技有限公司", "演示新能源研究院", "虚构芯片设计有限公司", "模拟航空材料有限公司"];

    private readonly List<Dictionary<string, string>> _lines = [];

    /// <summary>Its events so far.</summary>
    public IReadOnlyList<Dictionary<string, string>> Lines => _lines;

    /// <summary>A made-up employer; 0 is its own, 1 the next.</summary>
    public string Employer(int which) => Employers[(index + which) % Employers.Length];

    /// <summary>Adds an event.</summary>
    public DemoPermit Add(string happening, DateOnly on, params ReadOnlySpan<(string Field, string Value)> fields)
    {
        var line = new Dictionary<string, string> { ["permit"] = number, ["event"] = happening, ["on"] = CivilDates.Format(on) };
        foreach (var (field, value) in fields)
        {
            line.Add(field, value);
        }

        _lines.Add(line);
        return this;
    }

    /// <summary>Adds its issue.</summary>
    public DemoPermit Issue(PermitKind kind, DateOnly on, params ReadOnlySpan<(string Field, string Value)> fields) =>
        Add("issued", on, [("kind", CodeNames.WordOf(kind)), ("holder_id", Identity(0)), .. fields]);

    /// <summary>
    /// A made-up identity number: no place in China has the area code 999999. 0 is the holder, others are family.
    /// </summary>
    public string Identity(int member)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var born = new DateOnly(1970 + (index % 30), 1 + (index % 12), 1 + (index % 28));
        var digits = string.Create(CultureInfo.InvariantCulture, $"999999{born:yyyyMMdd}{((index * 4) + member) % 1_000:D3}");
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return digits + "10X98765432"[sum % 11];
    }
}
