using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Verification.Core.Permits;

namespace Verification.Audit.Records;

/// <summary>
/// Free text of a record: a caller's reference, or a note of the log's own. It holds no resident identity number, which is made sure of
/// where it is made. The default value is no text.
/// </summary>
public readonly record struct AuditText
{
    /// <summary>The most bytes in UTF-8.</summary>
    public const int MaxBytes = 512;

    private readonly string? _text;

    private AuditText(string text) => _text = text;

    /// <summary>Whether it is no text.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Takes a text.</summary>
    /// <returns>False where it is too long, no Unicode text, or holds an identity number. An empty text is no text.</returns>
    public static bool TryCreate([NotNullWhen(true)] string? text, out AuditText created)
    {
        created = default;
        if (string.IsNullOrEmpty(text))
        {
            return text is not null;
        }

        if (text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes || !IsUnicode(text) || IdentityNumberText.IsIn(text))
        {
            return false;
        }

        created = new AuditText(text);
        return true;
    }

    /// <summary>Takes a text that is known to fit.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static AuditText Of(string text) =>
        TryCreate(text, out var created) ? created : throw new ArgumentException("The text is too long or holds what is never recorded.", nameof(text));

    /// <summary>The text; empty for the default value.</summary>
    public override string ToString() => _text ?? string.Empty;

    /// <summary>What a file holds, which was made sure of when it was written.</summary>
    internal static AuditText FromStored(string text) => new(text);

    private static bool IsUnicode(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }
}
