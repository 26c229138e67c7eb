using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Type;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>An event in words, by the fields that the contract gives it. Identity numbers are not among them.</summary>
internal static class EventText
{
    private static readonly OneofDescriptor Happenings = PermitEvent.Descriptor.Oneofs[0];

    /// <summary>The fields that bring an identity number. Never in an answer; not shown if one ever were.</summary>
    public static FrozenSet<string> Identities { get; } = ["holder_id", "id_number"];

    // The names of fields whose values do not say what they are.
    private static readonly FrozenDictionary<string, string> ChineseFields = new Dictionary<string, string>
    {
        ["applied_on"] = "申请日期",
        ["valid_through"] = "证面有效期至",
        ["left_on"] = "离职日期",
        ["until"] = "延期至",
        ["holder_on_file"] = "持证人身份已登记",
        ["target"] = "更正对象",
    }.ToFrozenDictionary();

    /// <summary>What happened, as in <c>renewed 续签</c>.</summary>
    public static Term NameOf(PermitEvent recorded) =>
        Happenings.Accessor.GetCaseFieldDescriptor(recorded) is { } happening
            ? Terms.Of("event", happening.Name)
            : new(Say("(unknown to this version)", "（此版本不认识的事项）"));

    /// <summary>What happened and its fields, as in <c>inspected 年检: online</c>.</summary>
    public static string Of(PermitEvent recorded)
    {
        var name = NameOf(recorded).Name;
        if (Happenings.Accessor.GetCaseFieldDescriptor(recorded) is not { } happening)
            return name;
        var message = (IMessage)happening.Accessor.GetValue(recorded);
        var details = happening.MessageType.Fields.InDeclarationOrder()
            .Where(field => !Identities.Contains(field.Name))
            .OrderBy(Rank)
            .Select(field => Detail(field, field.Accessor.GetValue(message)))
            .Where(detail => detail.Length > 0);
        return string.Join(Say(": ", "："), new[] { name, string.Join(Say(", ", "，"), details) }.Where(part => part.Length > 0));
    }

    private static string Detail(FieldDescriptor field, object? value) => value switch
    {
        PermitKind kind => Terms.Of(kind).Name,
        // None is named where no number is on file.
        IdentityDocument.Unspecified => "",
        IdentityDocument document => Terms.Of(document).Name,
        System.Enum code => InWords(field.EnumType, Word(field.EnumType, Convert.ToInt32(code, CultureInfo.InvariantCulture))),
        string text when field.Name == "new_permit" && text.Length > 0 => Say($"for {text}", $"换领 {text}"),
        string text => text,
        Date date => $"{InWords(field)} {date.ToText()}",
        true => InWords(field),
        int number => string.Create(CultureInfo.InvariantCulture, $"{InWords(field)} {number}"),
        _ => "",
    };

    private static string InWords(EnumDescriptor codes, string word) =>
        Say(word, Terms.Of(JsonNamingPolicy.SnakeCaseLower.ConvertName(codes.Name), word.ToUpperInvariant()).Beside is { Length: > 0 } chinese ? chinese : word);

    // Dates and what is on file come after the words; the document of what is on file last.
    private static int Rank(FieldDescriptor field) =>
        field is { FieldType: FieldType.Enum, EnumType.Name: nameof(IdentityDocument) } ? 2
        : field.FieldType is FieldType.Message or FieldType.Bool ? 1
        : 0;

    private static string InWords(FieldDescriptor field) => Say(
        field.Name.Replace('_', ' '), ChineseFields.GetValueOrDefault(field.Name, field.Name));

    /// <summary>A code without its prefix, which is that of the enum's zero; the number of one that this version does not know.</summary>
    private static string Word(EnumDescriptor codes, int number)
    {
        var prefix = codes.FindValueByNumber(0).Name.Length - "UNSPECIFIED".Length;
        return codes.FindValueByNumber(number)?.Name[prefix..].ToLowerInvariant() ?? number.ToString(CultureInfo.InvariantCulture);
    }
}
