using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Verification.Core.Words;

namespace Verification.Server.Messages;

/// <summary>The forms of JSON values that are no objects.</summary>
internal static class JsonValue
{
    private const int LongestNameShown = 40;

    /// <summary>
    /// The longest length of time in seconds, some three thousand years. The transcoder reads lengths by the bounds of instants: none that is longer than
    /// eight thousand, and none below zero that has a fraction.
    /// </summary>
    private const long LongestLength = 99_999_999_999;

    private static readonly Wording Instant = new("an instant as in \"2026-03-10T04:00:00Z\"", "时刻，如 \"2026-03-10T04:00:00Z\"");
    private static readonly Wording Length = new("a length of time in seconds, from 0 to 99999999999, as in \"5s\"", "以秒表示的时长，0 至 99999999999，如 \"5s\"");

    /// <summary>Whether messages of a type are written as texts.</summary>
    public static bool IsText(MessageDescriptor type) => type == Timestamp.Descriptor || type == Duration.Descriptor;

    /// <summary>What is wrong with a value; null where nothing is.</summary>
    public static FieldFault? FaultOf(ref Utf8JsonReader reader, FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => reader.TokenType != JsonTokenType.String ? FieldFault.WrongType(reader.TokenType, new("a text in quotes", "引号中的文本"))
            : TextOf(ref reader) is null ? FieldFault.NoText()
            : null,
        FieldType.Bool => reader.TokenType is JsonTokenType.True or JsonTokenType.False
            ? null
            : FieldFault.WrongType(reader.TokenType, new("true or false", " true 或 false")),
        FieldType.Int32 => reader.TokenType != JsonTokenType.Number ? FieldFault.WrongType(reader.TokenType, new("a number", "数字"))
            : !reader.TryGetInt32(out _) ? FieldFault.NoWholeNumber(int.MinValue, int.MaxValue)
            : null,
        FieldType.Int64 => Int64Fault(ref reader),
        FieldType.Enum => EnumFault(ref reader, field.EnumType),
        FieldType.Message when field.MessageType == Timestamp.Descriptor => FormFault<Timestamp>(ref reader, Instant, _ => true),
        FieldType.Message when field.MessageType == Duration.Descriptor =>
            FormFault<Duration>(ref reader, Length, length => length is { Seconds: >= 0 and <= LongestLength, Nanos: >= 0 }),
        _ => throw new NotSupportedException($"The contract has no JSON form for {field.FullName}."),
    };

    /// <summary>A text or a name; null where it is no Unicode.</summary>
    public static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A name as errors may show it: not what could be a person's number or a permit's.</summary>
    public static string Shown(string? name) =>
        name is { Length: > 0 and <= LongestNameShown } && name.All(letter => char.IsAsciiLetter(letter) || letter == '_') ? name : "?";

    private static FieldFault? Int64Fault(ref Utf8JsonReader reader)
    {
        var isWhole = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out _),
            JsonTokenType.String => IsWhole(TextOf(ref reader)),
            _ => (bool?)null,
        };
        return isWhole switch
        {
            true => null,
            false => FieldFault.NoWholeNumber(long.MinValue, long.MaxValue),
            null => FieldFault.WrongType(reader.TokenType, new("a number, or one in quotes", "数字，或引号中的数字")),
        };
    }

    /// <summary>As the contract's own parser takes it: without zeros before it, or a plus sign.</summary>
    private static bool IsWhole(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value.ToString(CultureInfo.InvariantCulture) == text;

    private static FieldFault? EnumFault(ref Utf8JsonReader reader, EnumDescriptor type) => reader.TokenType switch
    {
        JsonTokenType.String => TextOf(ref reader) is { } name && type.FindValueByName(name) is not null ? null : FieldFault.UnknownName(NamesOf(type)),
        JsonTokenType.Number => reader.TryGetInt32(out _) ? null : FieldFault.UnknownName(NamesOf(type)),
        var token => FieldFault.WrongType(token, new("a name in quotes", "引号中的名称")),
    };

    private static string NamesOf(EnumDescriptor type) => string.Join(", ", type.Values.Where(value => value.Number != 0).Select(value => value.Name));

    /// <summary>By the library whose forms these are.</summary>
    private static FieldFault? FormFault<T>(ref Utf8JsonReader reader, Wording form, Predicate<T> isTaken)
        where T : IMessage, new()
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return FieldFault.WrongType(reader.TokenType, form);
        }

        if (TextOf(ref reader) is not { } text)
        {
            return FieldFault.NoText();
        }

        try
        {
            return isTaken(JsonParser.Default.Parse<T>(JsonSerializer.Serialize(text))) ? null : FieldFault.WrongForm(form);
        }
        catch (InvalidProtocolBufferException)
        {
            return FieldFault.WrongForm(form);
        }
    }
}
