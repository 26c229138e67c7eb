using System.Globalization;

namespace Verification.Server.Configuration;

/// <summary>
/// Reads settings and gathers what is wrong with them, so that an operator learns all of it at once. A setting that is not known is
/// wrong too: a misspelt expiry must not become none. Problems name the setting and never repeat its value.
/// </summary>
internal sealed class SettingsReader
{
    private const int MostCount = 1_000_000_000;
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ssK";

    private readonly List<string> _problems = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Notes a problem with a setting.</summary>
    public void Refuse(IConfigurationSection section, string problem) => _problems.Add($"{section.Path} {problem}");

    /// <summary>Notes every setting of a section that is not among these.</summary>
    public void RefuseOthers(IConfigurationSection section, params ReadOnlySpan<string> known)
    {
        foreach (var child in section.GetChildren())
        {
            var isKnown = false;
            foreach (var name in known)
            {
                isKnown |= name.Equals(child.Key, StringComparison.OrdinalIgnoreCase);
            }

            if (!isKnown)
            {
                Refuse(child, "is no setting.");
            }
        }

        if (!string.IsNullOrEmpty(section.Value))
        {
            Refuse(section, "is a text; it has settings of its own.");
        }
    }

    /// <summary>A text that must be there.</summary>
    public string Required(IConfigurationSection section, string name)
    {
        var setting = section.GetSection(name);
        if (string.IsNullOrWhiteSpace(setting.Value))
        {
            Refuse(setting, "is required.");
        }

        return setting.Value ?? string.Empty;
    }

    /// <summary>An instant with its offset, as in 2026-11-22T00:00:00+08:00, or the default.</summary>
    public DateTimeOffset Instant(IConfigurationSection section, string name, DateTimeOffset otherwise)
    {
        var setting = section.GetSection(name);
        if (setting.Value is not { } text)
        {
            return Absent(setting, otherwise);
        }

        // The K of the format also takes a text without an offset, whose instant would depend on the machine.
        if ((text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            return instant;
        }

        Refuse(setting, "must be an instant with an offset, as in 2026-11-22T00:00:00+08:00.");
        return otherwise;
    }

    /// <summary>True or false, or the default.</summary>
    public bool Flag(IConfigurationSection section, string name, bool otherwise)
    {
        var setting = section.GetSection(name);
        if (setting.Value is not { } text)
        {
            return Absent(setting, otherwise);
        }

        if (!bool.TryParse(text, out var flag))
        {
            Refuse(setting, "must be true or false.");
        }

        return flag;
    }

    /// <summary>A whole number from 1 to a most, or the default.</summary>
    public int Count(IConfigurationSection section, string name, int otherwise, int most = MostCount) =>
        Count(section.GetSection(name), (int?)otherwise, most) ?? otherwise;

    /// <summary>A whole number from 1, or null.</summary>
    public int? CountIfSet(IConfigurationSection section, string name) => Count(section.GetSection(name), otherwise: null, MostCount);

    private int? Count(IConfigurationSection setting, int? otherwise, int most)
    {
        if (setting.Value is not { } text)
        {
            return Absent(setting, otherwise);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most)
        {
            return count;
        }

        Refuse(setting, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {most}."));
        return otherwise;
    }

    private T Absent<T>(IConfigurationSection setting, T otherwise)
    {
        if (setting.GetChildren().Any())
        {
            Refuse(setting, "must be a single value.");
        }

        return otherwise;
    }
}
