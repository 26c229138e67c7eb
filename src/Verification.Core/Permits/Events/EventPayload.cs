using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Verification.Core.Permits.Events;

/// <summary>
/// An event's fields besides its name and date, as stores keep them: a JSON object with the field names of a registry file (policy
/// §7), identity numbers as digests. Null stands for an event without fields. All ASCII: other characters are written as escapes, so a store
/// needs no Unicode column for it.
/// </summary>
public static class EventPayload
{
    /// <summary>Writes an event's fields. The form of what is written once never changes.</summary>
    public static string? Write(PermitEvent happening)
    {
        var json = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        var isEmpty = true;
        foreach (var field in EventTypes.Of(happening).Fields)
        {
            if (field.ValueIn(happening) is not { } value || (field.IsUpToOn && happening.On.Equals(value)))
            {
                continue;
            }

            json.AppendLiteral(isEmpty ? "{\"" : ",\"");
            json.AppendLiteral(field.Name);
            json.AppendLiteral("\":\"");
            json.AppendLiteral(JavaScriptEncoder.Default.Encode(field.FormatStored(value)));
            json.AppendLiteral("\"");
            isEmpty = false;
        }

        if (isEmpty)
        {
            return null;
        }

        json.AppendLiteral("}");
        return json.ToStringAndClear();
    }

    /// <summary>No event's name has more characters.</summary>
    public const int LongestName = 32;

    /// <summary>Reads an event back.</summary>
    /// <exception cref="FormatException">The fields are damaged, or not those of such an event.</exception>
    public static PermitEvent Read(string name, DateOnly on, string? payload)
    {
        payload ??= "{}";
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(payload.Length));
        try
        {
            return Read(name, on, utf8.AsSpan(0, Encoding.UTF8.GetBytes(payload, utf8)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    /// <summary>Reads an event back from UTF-8.</summary>
    /// <inheritdoc cref="Read(string, DateOnly, string?)"/>
    public static PermitEvent Read(ReadOnlySpan<char> name, DateOnly on, ReadOnlySpan<byte> payload)
    {
        try
        {
            var type = EventTypes.Find(name) ?? throw Damaged();
            if (type.Fields.IsEmpty && payload.SequenceEqual("{}"u8))
            {
                return type.Create(on, []);
            }

            var values = PlainPayload.TryRead(type, payload) ?? ReadFields(type, payload);
            ThrowIfMissing(type, values);
            return type.Create(on, values);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The fields of a stored event '{name}' are damaged.", exception);
        }
    }

    /// <summary>An unknown field is an error: it is not left out in silence.</summary>
    private static object?[] ReadFields(EventType type, ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        var values = new object?[type.Fields.Length];
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw Damaged();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(type, ref reader);
            reader.Read();
            values[index] = ReadValue(type.Fields[index], ref reader);
        }

        // Nothing stands behind the object, or the reader says so.
        reader.Read();
        return values;
    }

    private static void ThrowIfMissing(EventType type, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null && type.Fields[i] is { IsRequired: true, OnlyFor: null })
            {
                throw Damaged();
            }
        }
    }

    private static int IndexOf(EventType type, ref Utf8JsonReader reader)
    {
        for (var i = 0; i < type.Fields.Length; i++)
        {
            if (reader.ValueTextEquals(type.Fields[i].Name))
            {
                return i;
            }
        }

        throw Damaged();
    }

    private static object ReadValue(EventField field, ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && field.ParseStored(reader.GetString()!) is { } value ? value : throw Damaged();

    private static InvalidOperationException Damaged() => new("A field is missing or has an unknown value.");
}
