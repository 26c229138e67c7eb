using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Verification.Server.Messages;

/// <summary>
/// Tells on the JSON of a message what is wrong with it before it is read, as Protocol Buffers' own rules for JSON have it. The reader
/// passes over fields that it does not know: a misspelt <c>asOf</c> would be answered for today. It stops at the first wrong value, and
/// says so without the field.
/// </summary>
internal sealed class JsonMessage
{
    private readonly Dictionary<string, JsonField> _fields = new(StringComparer.Ordinal);
    // Made once: a message may have a hundred thousand of them.
    private readonly FieldFault _unknown;

    private JsonMessage(MessageDescriptor type, Dictionary<string, JsonMessage> known)
    {
        known[type.FullName] = this;
        _unknown = FieldFault.UnknownField(string.Join(", ", type.Fields.InDeclarationOrder().Select(field => field.JsonName)));
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            var inner = field.FieldType == FieldType.Message && !JsonValue.IsText(field.MessageType)
                ? known.GetValueOrDefault(field.MessageType.FullName) ?? new JsonMessage(field.MessageType, known)
                : null;
            _fields[field.Name] = _fields[field.JsonName] = new JsonField(field, inner);
        }
    }

    /// <summary>That of a type of messages.</summary>
    public static JsonMessage Of(MessageDescriptor type) => new(type, []);

    /// <summary>Notes all that is wrong with a message.</summary>
    /// <param name="json">The message.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>False where it is no object.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool Check(ReadOnlySpan<byte> json, FieldReader faults)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        Check(ref reader, string.Empty, faults);

        // Throws where anything follows.
        return !reader.Read();
    }

    private void Check(ref Utf8JsonReader reader, string path, FieldReader faults)
    {
        var seen = new HashSet<object>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonValue.TextOf(ref reader);
            reader.Read();
            if (name is null || !_fields.TryGetValue(name, out var field))
            {
                faults.Refuse(path + JsonValue.Shown(name), _unknown);
                reader.Skip();
                continue;
            }

            var place = path + field.Descriptor.Name;
            if (!seen.Add(field.OnlyOne))
            {
                faults.Refuse(place, FieldFault.Repeated(field.Rivals));
            }

            CheckField(ref reader, field, place, faults);
        }
    }

    private static void CheckField(ref Utf8JsonReader reader, JsonField field, string place, FieldReader faults)
    {
        // As the rules have it, null is a field that is not there; but the transcoder takes none for an array.
        if (reader.TokenType == JsonTokenType.Null && !field.Descriptor.IsRepeated)
        {
            return;
        }

        if (!field.Descriptor.IsRepeated)
        {
            CheckValue(ref reader, field, place, faults);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            faults.Refuse(place, FieldFault.WrongType(reader.TokenType, new("an array", "数组")));
            reader.Skip();
            return;
        }

        for (var count = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count == field.MostValues)
            {
                faults.Refuse(place, field.TooMany(count + 1));
            }

            // What is too much anyway is not looked at.
            if (count >= field.MostValues)
            {
                reader.Skip();
            }
            else
            {
                CheckValue(ref reader, field, $"{place}[{count}]", faults);
            }
        }
    }

    private static void CheckValue(ref Utf8JsonReader reader, JsonField field, string place, FieldReader faults)
    {
        if (field.Message is null)
        {
            if (JsonValue.FaultOf(ref reader, field.Descriptor) is { } fault)
            {
                faults.Refuse(place, fault);
                reader.Skip();
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            field.Message.Check(ref reader, place + ".", faults);
        }
        else
        {
            faults.Refuse(place, FieldFault.WrongType(reader.TokenType, new("an object", "对象")));
            reader.Skip();
        }
    }
}
