using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Verification.Server.Configuration;

/// <summary>
/// Reads sections of the configuration into options: every setting of the service, and the consumers file. Unlike the framework's
/// binder it tells all that is wrong and not only the first, and takes a setting that it does not know for a mistake: a misspelt limit
/// must not become none. An option's property says all about it: its type the form, its value the default, <see cref="RangeAttribute"/>
/// the range, <see cref="RequiredAttribute"/> that there is none, <see cref="ObsoleteAttribute"/> what has taken its place; rules between options are its class's
/// (<see cref="IValidatableObject"/>). Problems name the setting's key, and never a text that was written, which may be a secret.
/// </summary>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class SettingsReader(StartProblems problems)
{
    // What is longer, or cannot be printed, was not meant for where it stands.
    private const int LongestShown = 32;

    /// <summary>Reads a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">What it is read into: what is absent or wrong keeps its default.</param>
    public T Read<T>(IConfigurationSection section, T options)
        where T : notnull
    {
        if (options is IDictionary named)
        {
            ReadNamed(section, named);
        }
        else
        {
            ReadOptions(section, options);
        }

        return options;
    }

    private void ReadOptions(IConfigurationSection section, object options)
    {
        RequireSection(section);
        var properties = options.GetType().GetProperties().Where(property => property.CanWrite && !IsElsewhere(property)).ToArray();
        foreach (var property in properties)
        {
            ReadProperty(section.GetSection(property.Name), property, options);
        }

        var known = properties.Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren().Where(child => !known.Contains(child.Key)))
        {
            Refuse(child, IsElsewhere(child.Key) ? "is no setting; the section ConnectionStrings has it." : "is no setting.");
        }

        foreach (var fault in (options as IValidatableObject)?.Validate(new ValidationContext(options) { DisplayName = section.Key }) ?? [])
        {
            Refuse(fault.MemberNames.FirstOrDefault() is { } member ? section.GetSection(member) : section, fault.ErrorMessage!);
        }
    }

    private void ReadProperty(IConfigurationSection setting, PropertyInfo property, object options)
    {
        var type = property.PropertyType;
        if (property.GetCustomAttribute<ObsoleteAttribute>() is { Message: { } successor })
        {
            if (!string.IsNullOrWhiteSpace(setting.Value) || setting.GetChildren().Any())
            {
                Refuse(setting, $"is no setting any more; {successor}.");
            }
        }
        else if (SettingForm.Of(type) is { } form)
        {
            var range = property.GetCustomAttribute<RangeAttribute>();
            ReadValue(
                setting,
                range is null ? form : form.Within(range),
                property.GetValue(options),
                property.IsDefined(typeof(RequiredAttribute)),
                value => property.SetValue(options, value));
        }
        else if (!type.IsArray)
        {
            Read(setting, property.GetValue(options)!);
        }
        else if (setting.Exists())
        {
            property.SetValue(options, ReadList(setting, type.GetElementType()!));
        }
    }

    private void ReadValue(IConfigurationSection setting, SettingForm form, object? otherwise, bool isRequired, Action<object> take)
    {
        if (setting.GetChildren().Any())
        {
            Refuse(setting, $"has settings of its own; it must be a single value: {form.Name}.");
        }
        else if (string.IsNullOrWhiteSpace(setting.Value))
        {
            // A blank one unsets a setting that may be absent: a deployment's variables may be blank. It never stands for a default.
            if (isRequired)
            {
                Refuse(setting, "is required.");
            }
            else if (setting.Value is not null && otherwise is not null)
            {
                Refuse(setting, $"is blank; it must be {form.Name}.");
            }
        }
        else if (form.Read(setting.Value) is { } value)
        {
            take(value);
        }
        else
        {
            Refuse(setting, ProblemOf(setting.Value, form));
        }
    }

    private static string ProblemOf(string text, SettingForm form) =>
        form.MayBeSecret || text.Length > LongestShown || text.Any(char.IsControl) ? $"must be {form.Name}."
        : form.HintOf?.Invoke(text) is { } hint ? $"is '{text}'; it must be {form.Name}: {hint}."
        : $"is '{text}'; it must be {form.Name}.";

    private Array ReadList(IConfigurationSection setting, Type type)
    {
        if (!string.IsNullOrEmpty(setting.Value))
        {
            Refuse(setting, $"is a single value; it must be a list, whose first entry is {setting.Path}:0.");
        }

        var list = new ArrayList();
        foreach (var entry in setting.GetChildren())
        {
            if (!entry.Key.All(char.IsAsciiDigit))
            {
                Refuse(entry, $"is no entry of the list, whose first is {setting.Path}:0.");
            }
            else if (SettingForm.Of(type) is { } form)
            {
                ReadValue(entry, form, otherwise: null, isRequired: true, value => list.Add(value));
            }
            else
            {
                list.Add(Read(entry, Activator.CreateInstance(type)!));
            }
        }

        return list.ToArray(type);
    }

    private void ReadNamed(IConfigurationSection section, IDictionary named)
    {
        RequireSection(section);
        var type = named.GetType().GetGenericArguments()[1];
        foreach (var child in section.GetChildren())
        {
            named[child.Key] = Read(child, Activator.CreateInstance(type)!);
        }
    }

    private void RequireSection(IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            Refuse(section, "is a single value; it has settings of its own.");
        }
    }

    // Connection strings are secrets and have a section of their own; they are put into the options that need them.
    private static bool IsElsewhere(PropertyInfo property) => IsElsewhere(property.Name);

    private static bool IsElsewhere(string name) => name.EndsWith("ConnectionString", StringComparison.OrdinalIgnoreCase);

    private void Refuse(IConfigurationSection setting, string problem) => problems.Add($"{setting.Path} {problem}");
}
