using System.Collections.Immutable;
using Verification.Core.Permits.Events;
using Verification.Core.Words;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>
/// Reads the lines of one registry file (policy §7): codes <c>MALFORMED_LINE</c> to <c>INVALID_FIELD</c>, the first that applies.
/// Identity numbers end here: what comes out holds their digests. Counts the lines that say the same, and the field names that no
/// event has. Not safe for concurrent use.
/// </summary>
public sealed class RegistryLineParser(IdentityDigester digester)
{
    private static readonly Rejection MalformedLine =
        new(
            RejectCode.MalformedLine,
            new(
                "The line is no JSON object (UTF-8) with the strings 'permit', 'event' and 'on'.",
                "该行不是含有字符串 'permit'、'event' 和 'on' 的 JSON 对象（UTF-8）。"));

    private static readonly Rejection UnknownEvent = new(
        RejectCode.UnknownEvent, new("'event' names no event that there is.", "没有 'event' 所写的事项。"));

    private static readonly Rejection MalformedNumber =
        new(
            RejectCode.MalformedNumber,
            new(
                "'permit' is no permit number; one has 6 to 24 characters 0-9A-Z, white space and hyphens aside.",
                "'permit' 不是证件号码；证件号码为 6 到 24 个字符 0-9A-Z，空白和连字符不计。"));

    private static readonly Rejection IdentityNumberForPermits =
        new(
            RejectCode.MalformedNumber,
            new(
                "'permit' is a resident identity number 居民身份证号; it must be the number of a permit.",
                "'permit' 是居民身份证号；此处必须是证件号码。"));

    private static readonly Rejection NoCreditCode = new(
        RejectCode.InvalidField,
        new(
            "'permit' is no unified social credit code 统一社会信用代码; the number of an employer registration must be one.",
            "'permit' 不是统一社会信用代码；申报单位注册的号码必须是统一社会信用代码。"));

    private readonly LineFields _fields = new();
    private readonly UnknownFields _unknown = new();
    private readonly OccurrenceCounter _occurrences = new();

    /// <summary>The field names, of all lines read, that no event has: the first hundred, in order of first line.</summary>
    public ImmutableArray<UnknownField> UnknownFields => _unknown.ToImmutable();

    /// <summary>Reads a line without its line end.</summary>
    public ImportLine Parse(long line, ReadOnlySpan<byte> text)
    {
        var rejection = TryParse(text, out var permit, out var happening);
        foreach (var name in _fields.Unknown)
        {
            _unknown.Note(name, line);
        }

        if (rejection is not null)
        {
            return new ImportLine(line, rejection);
        }

        var statement = new PermitStatement(permit, happening!);
        return new ImportLine(line, statement, _occurrences.Count(statement));
    }

    private static Rejection MalformedDate(string field) =>
        new(
            RejectCode.MalformedDate,
            new(
                $"'{field}' names no real date; it must, as YYYY-MM-DD, years 0001 to 9999.",
                $"'{field}' 不是真实存在的日期；必须形如 YYYY-MM-DD，年份 0001 到 9999。"));

    private static Rejection Missing(EventField field) => new(
        RejectCode.MissingField, new($"'{field.Name}' is missing; this event requires it.", $"缺少该事项必需的 '{field.Name}'。"));

    private static Rejection Invalid(EventField field, Wording wrong, Wording allowed) =>
        new(
            RejectCode.InvalidField,
            new($"'{field.Name}' {wrong.English}; {allowed.English}.", $"'{field.Name}' {wrong.Chinese}；{allowed.Chinese}。"));

    private static Rejection Invalid(EventField field) =>
        Invalid(field, field.Fault, new($"it {field.Rule.English}", field.Rule.Chinese));

    private Rejection? TryParse(ReadOnlySpan<byte> text, out PermitNumber permit, out PermitEvent? happening)
    {
        permit = default;
        happening = null;
        if (!_fields.TryRead(text)
            || !_fields.HasString(LineForm.Permit)
            || !_fields.HasString(LineForm.Event)
            || !_fields.HasString(LineForm.On))
        {
            return MalformedLine;
        }

        if (LineForm.Find(_fields.Text(LineForm.Event)) is not { } form)
        {
            return UnknownEvent;
        }

        if (!PermitNumber.TryParse(_fields.Text(LineForm.Permit), out permit))
        {
            return PermitNumber.IsIdentityNumber(_fields.Text(LineForm.Permit)) ? IdentityNumberForPermits : MalformedNumber;
        }

        return CheckDates(form, out var on) ?? CheckPresence(form) ?? TryCreate(form, on, permit, out happening);
    }

    private Rejection? CheckDates(LineForm form, out DateOnly on)
    {
        if (!CivilDates.TryParse(_fields.Text(LineForm.On), out on))
        {
            return MalformedDate("on");
        }

        for (var i = 0; i < form.Places.Length; i++)
        {
            var field = form.Type.Fields[i];
            if (field.Kind == FieldKind.Date
                && _fields.Has(form.Places[i])
                && IsOfThisKind(field)
                && !CivilDates.TryParse(_fields.Text(form.Places[i]), out _))
            {
                return MalformedDate(field.Name);
            }
        }

        return null;
    }

    private Rejection? CheckPresence(LineForm form)
    {
        for (var i = 0; i < form.Places.Length; i++)
        {
            var field = form.Type.Fields[i];
            if (field.IsRequired && !_fields.Has(form.Places[i]) && IsOfThisKind(field))
            {
                return Missing(field);
            }
        }

        return null;
    }

    private Rejection? TryCreate(LineForm form, DateOnly on, PermitNumber permit, out PermitEvent? happening)
    {
        happening = null;
        var values = new object?[form.Places.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var field = form.Type.Fields[i];
            if (_fields.Has(form.Places[i]) && IsOfThisKind(field) && ReadValue(form, i, on, permit, values) is { } rejection)
            {
                return rejection;
            }
        }

        happening = form.Type.Create(on, values);
        return happening is Issued { Kind: var kind } && !permit.CanBeOf(kind) ? NoCreditCode : null;
    }

    /// <summary>Reads a field that the line has into its place.</summary>
    private Rejection? ReadValue(LineForm form, int index, DateOnly on, PermitNumber permit, object?[] values)
    {
        var field = form.Type.Fields[index];
        if ((field.Kind == FieldKind.Number ? _fields.Digits(form.Places[index]) : _fields.Text(form.Places[index])) is not { } text)
        {
            return field.Kind == FieldKind.Number ? Invalid(field) : Invalid(
                field, new("is no string of Unicode text", "不是 Unicode 文本字符串"), new("it must be one", "必须是"));
        }

        if (field.Kind == FieldKind.Text && IdentityNumberText.IsIn(text))
        {
            return Invalid(
                field,
                new("holds a resident identity number 居民身份证号", "含有居民身份证号"),
                new("none is kept, so leave it out", "本系统一律不保存，请删去"));
        }

        if (field.Kind == FieldKind.Identity)
        {
            return ReadIdentity(field, index, text, permit, values);
        }

        values[index] = field.Parse(text);
        return values[index] is null ? Invalid(field)
            : field.IsUpToOn && (DateOnly)values[index]! > on ? Invalid(
                field, new("is after 'on'", "晚于 'on'"), new("it may be that date or an earlier one", "只能是该日期或更早的日期"))
            : null;
    }

    private Rejection? ReadIdentity(EventField field, int index, string text, PermitNumber permit, object?[] values)
    {
        var document = field.DocumentIn(values);
        if (!IdentityNumber.TryParse(document, text, out var number))
        {
            return document == IdentityDocument.ResidentIdentityCard
                ? Invalid(field)
                : Invalid(
                    field,
                    new($"is no number of a {CodeNames.WordOf(document)}", $"不是{Terms.Of(document).Name.Chinese}号码"),
                    new($"it must be {IdentityNumber.RuleOf(document).English}", $"必须是{IdentityNumber.RuleOf(document).Chinese}"));
        }

        values[index] = field.Digest(digester, permit, values, number);
        return null;
    }

    /// <summary>A field that only one kind of permit has is not looked at on another.</summary>
    private bool IsOfThisKind(EventField field) =>
        field.OnlyFor is not { } only || (CodeNames.TryParseWord<PermitKind>(_fields.Text(LineForm.Kind), out var kind) && kind == only);
}
