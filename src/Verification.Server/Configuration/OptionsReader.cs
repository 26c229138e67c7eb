using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Verification.Server.Configuration;

/// <summary>
/// Reads sections of the configuration into options. Unlike the framework's binder it tells all that is wrong and not only the first,
/// knows the range of a setting (its <see cref="RangeAttribute"/>), and takes a setting that it does not know for a mistake: a
/// misspelt limit must not become none. Problems name the setting's key and never repeat its value.
/// </summary>
internal sealed class OptionsReader
{
    private const string ConnectionString = "ConnectionString";

    private readonly List<string> _problems = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads a section. What is absent or wrong keeps its default.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">What it is read into.</param>
    /// <param name="others">Settings of the section that somebody else reads.</param>
    public void Read(IConfigurationSection section, object options, params string[] others)
    {
        // Connection strings are secrets and have a section of their own; they are put into the options afterwards.
        var properties = options.GetType().GetProperties()
            .Where(property => !property.Name.EndsWith(ConnectionString, StringComparison.Ordinal))
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        if (!string.IsNullOrEmpty(section.Value))
        {
            Refuse(section, "is a text; it has settings of its own.");
        }

        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property))
            {
                RefuseUnknown(child, others);
            }
            else if (IsValue(property.PropertyType))
            {
                ReadValue(child, property, options);
            }
            else
            {
                Read(child, property.GetValue(options)!);
            }
        }
    }

    private static bool IsValue(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsArray || type == typeof(string) || type == typeof(TimeSpan);

    private static string FormOf(Type type) =>
        type == typeof(TimeSpan) ? "a time as in 00:00:05 (hours, minutes, seconds)"
        : type == typeof(bool) ? "true or false"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type.IsArray ? "a list"
        : "a whole number";

    private static string FormOf(Type type, RangeAttribute? range)
    {
        // As the attribute spells them; once it has checked a value they are values too.
        var form = type == typeof(TimeSpan) ? "a time" : FormOf(type);
        return range is null ? FormOf(type) : FormattableString.Invariant($"{form} from {range.Minimum} to {range.Maximum}");
    }

    private void ReadValue(IConfigurationSection setting, PropertyInfo property, object options)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        var form = FormOf(property.PropertyType, range);
        if (!property.PropertyType.IsArray && setting.GetChildren().Any())
        {
            Refuse(setting, "must be a single value.");
            return;
        }

        object? value;
        try
        {
            value = setting.Get(property.PropertyType);
        }
        catch (InvalidOperationException)
        {
            Refuse(setting, $"must be {form}.");
            return;
        }

        if (range?.IsValid(value) == false || (value is Enum && !Enum.IsDefined(property.PropertyType, value)))
        {
            Refuse(setting, $"must be {form}.");
            return;
        }

        property.SetValue(options, value);
    }

    private void RefuseUnknown(IConfigurationSection setting, string[] others)
    {
        if (setting.Key.EndsWith(ConnectionString, StringComparison.OrdinalIgnoreCase))
        {
            Refuse(setting, "is no setting; the section ConnectionStrings has it.");
        }
        else if (!others.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
        {
            Refuse(setting, "is no setting.");
        }
    }

    private void Refuse(IConfigurationSection setting, string problem) => _problems.Add($"{setting.Path} {problem}");
}
