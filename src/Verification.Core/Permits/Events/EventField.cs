using System.Globalization;
using System.Text;
using Verification.Core.Words;

namespace Verification.Core.Permits.Events;

/// <summary>
/// A field of an event besides its date (policy §7). Its name is the same in a registry file, in the contract and in what stores
/// keep. Its value is a string, <see cref="DateOnly"/>, enum value, <see cref="PermitNumber"/>, <see cref="IdentityDigest"/> or
/// <see cref="int"/>, by its kind.
/// </summary>
public sealed record EventField
{
    private readonly Func<PermitEvent, object?> _read;
    private readonly ICodes? _codes;

    private EventField(string name, FieldKind kind, Func<PermitEvent, object?> read, ICodes? codes = null)
    {
        Name = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        Kind = kind;
        _read = read;
        _codes = codes;
    }

    /// <summary>Knows the values of a field that is a code.</summary>
    private interface ICodes
    {
        Wording Rule { get; }

        object? Parse(string word);

        object? Parse(ReadOnlySpan<byte> ascii);

        object? FromNumber(int number);

        string WordOf(object value);
    }

    /// <summary>The field's name, as in <c>applied_on</c>.</summary>
    public string Name { get; }

    /// <summary>The same in UTF-8.</summary>
    internal byte[] Utf8Name { get; }

    /// <summary>What its value is.</summary>
    public FieldKind Kind { get; }

    /// <summary>Whether the event needs it.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>The only kind of permit whose event has the field; it is ignored for others. Null: for every kind.</summary>
    public PermitKind? OnlyFor { get; private init; }

    /// <summary>Whether it is a date that is never after the event's, and the event's where it is absent.</summary>
    public bool IsUpToOn { get; private init; }

    /// <summary>What holds for every value of its kind, to follow the field's name: "must be …".</summary>
    public Wording Rule => Kind switch
    {
        FieldKind.Date => new(
            "must name a real date as YYYY-MM-DD, years 0001 to 9999", "必须是真实存在的日期，形如 YYYY-MM-DD，年份 0001 到 9999"),
        FieldKind.Code => _codes!.Rule,
        FieldKind.PermitNumber => new(
            "must be one, of 6 to 24 characters 0-9A-Z, white space and hyphens aside", "必须是 6 到 24 个字符 0-9A-Z，空白和连字符不计"),
        FieldKind.Identity => MustBe(IdentityNumber.RuleOf(IdentityDocument.ResidentIdentityCard)),
        FieldKind.Number => new("must be a whole number from 1 to 2147483647, in digits alone", "必须是 1 到 2147483647 的整数，只写数字"),
        _ => new("must be a string of Unicode text", "必须是 Unicode 文本字符串"),
    };

    /// <summary>What is wrong with a value that breaks the <see cref="Rule"/>, to follow the field's name: "is no …".</summary>
    public Wording Fault => Kind switch
    {
        FieldKind.Date => new("names no real date", "不是真实存在的日期"),
        FieldKind.Code => new("has a value that there is not", "的取值不存在"),
        FieldKind.PermitNumber => new("is no permit number", "不是证件号码"),
        FieldKind.Identity => new("is no resident identity number", "不是居民身份证号"),
        FieldKind.Number => new("is no whole number", "不是整数"),
        _ => new("is no text", "不是文本"),
    };

    /// <summary>In which role an identity number belongs to the permit, from the values of the event's fields before it.</summary>
    internal Func<object?[], SubjectRole>? Role { get; private init; }

    /// <summary>Which of the event's fields before it names an identity number's document; null where none was named.</summary>
    internal Func<object?[], object?>? DocumentField { get; private init; }

    /// <summary>The field's value in an event; null where it has none.</summary>
    public object? ValueIn(PermitEvent happening) => _read(happening);

    /// <summary>The document of an identity number typed for this field: the resident identity card where none is named.</summary>
    /// <param name="values">The values of the event's fields before this one.</param>
    public IdentityDocument DocumentIn(object?[] values) => (IdentityDocument?)DocumentField!(values) ?? IdentityDocument.ResidentIdentityCard;

    /// <summary>The digest of an identity number typed for this field.</summary>
    /// <param name="digester">Makes it.</param>
    /// <param name="permit">The event's permit.</param>
    /// <param name="values">The values of the event's fields before this one.</param>
    /// <param name="number">The number.</param>
    public IdentityDigest Digest(IdentityDigester digester, PermitNumber permit, object?[] values, IdentityNumber number) =>
        digester.Digest(permit, Role!(values), number);

    /// <summary>Reads a value as a person or a file writes it; no identity number, which becomes a digest first.</summary>
    /// <returns>Null when it breaks the <see cref="Rule"/>.</returns>
    public object? Parse(string text) => Kind switch
    {
        FieldKind.Text => text,
        FieldKind.Date => CivilDates.TryParse(text, out var date) ? date : null,
        FieldKind.Code => _codes!.Parse(text),
        FieldKind.PermitNumber => PermitNumber.TryParse(text, out var number) ? number : null,
        FieldKind.Number => ParseNumber(text),
        _ => throw new InvalidOperationException($"'{Name}' is not read from text."),
    };

    /// <summary>The value of a code by its number in the contract; null when there is none.</summary>
    public object? FromNumber(int number) => _codes!.FromNumber(number);

    /// <summary>Reads a value as stores keep it.</summary>
    /// <returns>Null when it is damaged.</returns>
    /// <exception cref="FormatException">A digest is damaged.</exception>
    internal object? ParseStored(string text) => Kind switch
    {
        FieldKind.Identity => IdentityDigest.FromBase64(text),
        FieldKind.PermitNumber => PermitNumber.FromStored(text),
        _ => Parse(text),
    };

    /// <summary>Reads a value as stores keep it, off ASCII with escapes.</summary>
    /// <returns>Null where it is damaged, or must be read in the other way.</returns>
    /// <exception cref="FormatException">A digest is damaged.</exception>
    internal object? ParsePlain(ReadOnlySpan<byte> ascii) => Kind switch
    {
        FieldKind.Text => PlainPayload.Text(ascii),
        FieldKind.Date => CivilDates.TryParse(ascii, out var date) ? date : null,
        FieldKind.Code => _codes!.Parse(ascii),
        FieldKind.Identity => IdentityDigest.TryFromBase64(ascii, out var digest) ? digest : PlainPayload.Text(ascii) is { } text ? ParseStored(text) : null,
        _ => null,
    };

    /// <summary>Writes a value as stores keep it.</summary>
    internal string FormatStored(object value) => Kind switch
    {
        FieldKind.Text => (string)value,
        FieldKind.Date => CivilDates.Format((DateOnly)value),
        FieldKind.Code => _codes!.WordOf(value),
        FieldKind.Identity => ((IdentityDigest)value).ToBase64(),
        FieldKind.Number => ((int)value).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    internal static EventField Text<TEvent>(string name, Func<TEvent, string?> read)
        where TEvent : PermitEvent => new(name, FieldKind.Text, happening => read((TEvent)happening));

    internal static EventField Date<TEvent>(string name, Func<TEvent, DateOnly?> read)
        where TEvent : PermitEvent => new(name, FieldKind.Date, happening => read((TEvent)happening));

    internal static EventField Code<TEvent, TCode>(string name, Func<TEvent, TCode> read, params TCode[] except)
        where TEvent : PermitEvent
        where TCode : struct, Enum => new(name, FieldKind.Code, happening => read((TEvent)happening), new Codes<TCode>(except));

    internal static EventField Permit<TEvent>(string name, Func<TEvent, PermitNumber> read)
        where TEvent : PermitEvent => new(name, FieldKind.PermitNumber, happening => read((TEvent)happening));

    internal static EventField Document<TEvent>(string name, Func<TEvent, IdentityDocument?> read)
        where TEvent : PermitEvent =>
        new(name, FieldKind.Code, happening => read((TEvent)happening), new Codes<IdentityDocument>([]));

    internal static EventField Identity<TEvent>(
        string name, Func<TEvent, IdentityDigest?> read, Func<object?[], SubjectRole> role, Func<object?[], object?> document)
        where TEvent : PermitEvent =>
        new(name, FieldKind.Identity, happening => read((TEvent)happening)) { Role = role, DocumentField = document };

    internal static EventField Number<TEvent>(string name, Func<TEvent, int> read)
        where TEvent : PermitEvent => new(name, FieldKind.Number, happening => read((TEvent)happening));

    internal EventField Required() => this with { IsRequired = true };

    internal EventField Only(PermitKind kind) => this with { OnlyFor = kind };

    internal EventField UpToOn() => this with { IsUpToOn = true };

    private static Wording MustBe(Wording what) => new($"must be {what.English}", $"必须是{what.Chinese}");

    private static int? ParseNumber(string text) =>
        text.All(char.IsAsciiDigit) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    private sealed class Codes<TCode>(TCode[] except) : ICodes
        where TCode : struct, Enum
    {
        // Few, and each boxed once: events share them.
        private readonly (byte[] Word, object Value)[] _words =
        [
            .. CodeNames.Words<TCode>().Where(word => Allowed(word, except)).Select(word => (
                Encoding.UTF8.GetBytes(word), CodeNames.TryParseWord<TCode>(word, out var value) ? (object)value : throw new InvalidOperationException(word))),
        ];

        public Wording Rule { get; } = RuleOf(
            string.Join(", ", CodeNames.Words<TCode>().Where(word => Allowed(word, except)).Select(word => $"'{word}'")));

        public object? Parse(string word) =>
            CodeNames.TryParseWord<TCode>(word, out var value) && !except.Contains(value) ? value : null;

        public object? Parse(ReadOnlySpan<byte> ascii)
        {
            foreach (var (word, value) in _words)
            {
                if (ascii.SequenceEqual(word))
                {
                    return value;
                }
            }

            return null;
        }

        public object? FromNumber(int number) =>
            number is > 0 and <= byte.MaxValue && Enum.ToObject(typeof(TCode), number) is TCode value && Enum.IsDefined(value) && !except.Contains(value)
                ? value
                : null;

        public string WordOf(object value) => CodeNames.WordOf((TCode)value);

        private static Wording RuleOf(string words) => new($"must be one of: {words}", $"必须是下列之一：{words}");

        private static bool Allowed(string word, TCode[] except) =>
            CodeNames.TryParseWord<TCode>(word, out var value) && !except.Contains(value);
    }
}
