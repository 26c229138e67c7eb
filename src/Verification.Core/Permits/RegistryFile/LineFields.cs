using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>The fields of one line, by the places of <see cref="LineForm.Names"/>. Of duplicate keys the last counts; unknown keys are ignored.</summary>
internal sealed class LineFields
{
    private static readonly byte[][] Names = [.. LineForm.Names.Select(Encoding.ASCII.GetBytes)];

    // A line may nest as deeply as its length allows: RFC 8259 knows no limit.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1 << 24 };

    private readonly string?[] _values = new string?[Names.Length];
    private readonly Presence[] _presence = new Presence[Names.Length];
    private readonly List<string> _unknown = [];

    private enum Presence : byte
    {
        Absent,
        String,
        Number,
        Other,
    }

    /// <summary>The names in the line that no event has, as often as they stand there.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>Reads a line.</summary>
    /// <returns>False when it is no JSON object (RFC 8259, valid UTF-8); then it has no fields, unknown ones neither.</returns>
    public bool TryRead(ReadOnlySpan<byte> line)
    {
        Clear();
        if (TryReadObject(line))
        {
            return true;
        }

        Clear();
        return false;
    }

    /// <summary>Whether the line has the field, with a value of any type.</summary>
    public bool Has(int field) => _presence[field] != Presence.Absent;

    /// <summary>Whether the line has the field, with a string.</summary>
    public bool HasString(int field) => _presence[field] == Presence.String;

    /// <summary>The field's text; null when it is absent, no string, or no Unicode text.</summary>
    public string? Text(int field) => _presence[field] == Presence.String ? _values[field] : null;

    /// <summary>The field's number as it is written; null when it is absent or no number in digits alone.</summary>
    public string? Digits(int field) => _presence[field] == Presence.Number ? _values[field] : null;

    private static int FieldOf(ref Utf8JsonReader reader)
    {
        for (var field = 0; field < Names.Length; field++)
        {
            if (reader.ValueSpan.SequenceEqual(Names[field])
                || (reader.ValueIsEscaped && TextOf(ref reader) is { } text && text == LineForm.Names[field]))
            {
                return field;
            }
        }

        return -1;
    }

    /// <summary>The token's text; null for an escaped lone surrogate, which is no Unicode text.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
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

    private void Clear()
    {
        Array.Clear(_values);
        Array.Clear(_presence);
        _unknown.Clear();
    }

    private bool TryReadObject(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(line, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref reader);
            }

            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        var field = FieldOf(ref reader);
        if (field < 0)
        {
            _unknown.Add(TextOf(ref reader) ?? "\uFFFD");
        }

        reader.Read();
        if (field >= 0)
        {
            (_presence[field], _values[field]) = reader.TokenType switch
            {
                JsonTokenType.String => (Presence.String, TextOf(ref reader)),
                JsonTokenType.Number when reader.ValueSpan.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 =>
                    (Presence.Number, Encoding.ASCII.GetString(reader.ValueSpan)),
                _ => (Presence.Other, null),
            };
        }

        reader.Skip();
    }
}
