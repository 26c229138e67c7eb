using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;

namespace Verification.Server.Configuration;

/// <summary>How a single value is written.</summary>
/// <param name="Name">What it must be, in words.</param>
/// <param name="Read">The value that a text means; null where it is of another form.</param>
/// <param name="MayBeSecret">Whether problems leave out what was written.</param>
/// <param name="HintOf">What a text of another form may be meant for; null where nothing can be said.</param>
internal sealed record SettingForm(string Name, Func<string, object?> Read, bool MayBeSecret = false, Func<string, string?>? HintOf = null)
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ssK";

    private static readonly SettingForm Text = new("a text without control characters", text => text.Any(char.IsControl) ? null : text, MayBeSecret: true);
    private static readonly SettingForm Flag = new("true or false", text => bool.TryParse(text, out var flag) ? flag : null);
    private static readonly SettingForm Whole = new("a whole number", text => ReadWhole(text));
    private static readonly SettingForm LongWhole = new("a whole number", text => ReadLongWhole(text));
    private static readonly SettingForm Time = new("a time", text => Duration.Read(text), HintOf: Duration.HintOf);
    private static readonly SettingForm Instant = new("an instant with an offset, as in 2026-11-22T00:00:00+08:00", text => ReadInstant(text));

    /// <summary>The form of a type's values; null where it is no type of single values.</summary>
    public static SettingForm? Of(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(string) ? Text
            : value == typeof(bool) ? Flag
            : value == typeof(int) ? Whole
            : value == typeof(long) ? LongWhole
            : value == typeof(TimeSpan) ? Time
            : value == typeof(DateTimeOffset) ? Instant
            : value.IsEnum ? WordOf(value)
            : null;
    }

    /// <summary>The form within a range.</summary>
    public SettingForm Within(RangeAttribute range) =>
        this with
        {
            Name = $"{Name} from {BoundOf(range.Minimum)} to {BoundOf(range.Maximum)}",
            Read = text => Read(text) is { } value && range.IsValid(value) ? value : null,
        };

    // In any case. Ours may be written as the policy writes its words too; the framework's not, as it reads some of them by itself.
    // Flags have none that means nothing.
    private static SettingForm WordOf(Type type)
    {
        var isOurs = type.FullName!.StartsWith($"{nameof(Verification)}.", StringComparison.Ordinal);
        var words = Enum.GetNames(type).Where(name => !type.IsDefined(typeof(FlagsAttribute), inherit: false) || name != "None")
            .Select(name => (Name: name, Word: isOurs ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : name)).ToArray();
        return new(
            $"one of {string.Join(", ", words.Select(it => it.Word))}",
            text => Array.Find(words, it => Is(it.Word, text) || Is(it.Name, text)).Name is { } name ? Enum.Parse(type, name) : null);

        static bool Is(string word, string text) => word.Equals(text, StringComparison.OrdinalIgnoreCase);
    }

    private static int? ReadWhole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? ReadLongWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The K of the format also takes a text without an offset, whose instant would depend on the machine.
    private static DateTimeOffset? ReadInstant(string text) =>
        (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
        && DateTimeOffset.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : null;

    /// <summary>Times stand as texts in an attribute, in the framework's form.</summary>
    private static string BoundOf(object bound) =>
        bound is TimeSpan time ? Duration.Write(time)
        : bound is string text ? Duration.Write(TimeSpan.Parse(text, CultureInfo.InvariantCulture))
        : string.Create(CultureInfo.InvariantCulture, $"{bound}");
}
