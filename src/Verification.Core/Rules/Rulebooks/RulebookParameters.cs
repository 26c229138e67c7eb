using System.Collections.Immutable;
using System.Globalization;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>The parameters of a rulebook file, by name; notices those that no rule reads.</summary>
internal sealed class RulebookParameters
{
    private readonly Dictionary<string, RulebookFile.ParameterEntry> _unread;

    public RulebookParameters(IReadOnlyList<RulebookFile.ParameterEntry> entries)
    {
        _unread = entries.ToDictionary(entry => entry.Name);
        All = [.. entries.Select(Describe)];
    }

    public ImmutableArray<RulebookParameter> All { get; }

    public Dated<Months> Months(string name) =>
        Read(name, value => new Months(value.Months ?? throw new FormatException($"Parameter '{name}' needs months.")));

    public Dated<bool> Allowed(string name) =>
        Read(name, value => value.Allowed ?? throw new FormatException($"Parameter '{name}' needs allowed."));

    /// <summary>Whether something applies; a file that does not say so means that it does.</summary>
    public Dated<bool> Applies(string name) => _unread.ContainsKey(name) ? Allowed(name) : new Dated<bool>([(DateOnly.MinValue, true)]);

    /// <summary>Whether the file has a parameter.</summary>
    public bool Has(string name) => _unread.ContainsKey(name);

    public Dated<DayOfYear> Day(string name) =>
        Read(name, value => ParseDay(value.Day ?? throw new FormatException($"Parameter '{name}' needs day.")));

    public void EnsureAllRead()
    {
        if (_unread.Count > 0)
        {
            throw new FormatException($"No rule reads the parameters {string.Join(", ", _unread.Keys)}.");
        }
    }

    private static RulebookParameter Describe(RulebookFile.ParameterEntry entry) => new(
        entry.Name,
        entry.Description,
        entry.AppliesBy,
        [.. entry.Values.Select(value => new RulebookParameterValue(value.From, Describe(value), value.Source))]);

    private static string Describe(RulebookFile.ValueEntry value) => value switch
    {
        { Months: 1 } => "1 month",
        { Months: { } months } => string.Create(CultureInfo.InvariantCulture, $"{months} months"),
        { Day: { } day } => ParseDayDate(day).ToString("d MMMM", CultureInfo.InvariantCulture),
        { Allowed: { } allowed } => allowed ? "yes" : "no",
        _ => throw new FormatException("A parameter's value has months, day or allowed."),
    };

    private static DayOfYear ParseDay(string day) => new(ParseDayDate(day).Month, ParseDayDate(day).Day);

    /// <summary>The day in a year that has no 29 February.</summary>
    private static DateOnly ParseDayDate(string day) =>
        DateOnly.ParseExact($"2001-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Dated<T> Read<T>(string name, Func<RulebookFile.ValueEntry, T> convert) =>
        _unread.Remove(name, out var entry)
            ? new Dated<T>(entry.Values.Select(value => (value.From, convert(value))))
            : throw new FormatException($"Parameter '{name}' is missing.");
}
