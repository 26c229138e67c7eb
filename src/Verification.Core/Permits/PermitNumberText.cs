using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Verification.Core.Permits;

/// <summary>Reads permit numbers from text: as people and files write them, and as registries and caches keep them.</summary>
internal static class PermitNumberText
{
    /// <inheritdoc cref="PermitNumber.TryParse(ReadOnlySpan{char}, out PermitNumber)"/>
    public static bool TryRead(ReadOnlySpan<char> text, out PermitNumber number)
    {
        var packer = default(PermitNumberPacker);
        foreach (var character in text)
        {
            if (character >= 0x80)
            {
                return TryReadUnicode(text, out number);
            }

            if (!packer.Add(character))
            {
                number = default;
                return false;
            }
        }

        return packer.TryFinishTyped(out number);
    }

    /// <inheritdoc cref="PermitNumber.IsIdentityNumber(ReadOnlySpan{char})"/>
    public static bool IsIdentityNumber(ReadOnlySpan<char> text)
    {
        var packer = default(PermitNumberPacker);
        foreach (var character in UnicodeText.Compatible(text) ?? string.Empty)
        {
            if (!packer.Add(character))
            {
                return false;
            }
        }

        return packer.TryFinish(out var number) && packer.MayBeIdentityNumber && number.IsIdentityNumber();
    }

    /// <summary>Text in NFKC and upper case without what is dropped, where nothing but <c>0-9A-Z</c> is left.</summary>
    public static bool TryCanonicalize(ReadOnlySpan<char> text, out string canonical)
    {
        canonical = string.Empty;
        if (UnicodeText.Compatible(text) is not { } compatible)
        {
            return false;
        }

        var kept = new StringBuilder(compatible.Length);
        foreach (var character in compatible)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                kept.Append(char.ToUpperInvariant(character));
            }
            else if (!PermitNumberPacker.IsDropped(character))
            {
                return false;
            }
        }

        canonical = kept.ToString();
        return true;
    }

    /// <inheritdoc cref="PermitNumber.TryParse(ReadOnlySpan{byte}, out PermitNumber)"/>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out PermitNumber number)
    {
        var packer = default(PermitNumberPacker);
        foreach (var octet in utf8)
        {
            if (octet >= 0x80)
            {
                return TryReadUnicode(utf8, out number);
            }

            if (!packer.Add((char)octet))
            {
                number = default;
                return false;
            }
        }

        return packer.TryFinishTyped(out number);
    }

    /// <inheritdoc cref="PermitNumber.FromStored"/>
    public static PermitNumber ReadStored(ReadOnlySpan<char> canonical)
    {
        var packer = default(PermitNumberPacker);
        foreach (var character in canonical)
        {
            if (character is not ((>= '0' and <= '9') or (>= 'A' and <= 'Z')) || !packer.Add(character))
            {
                throw Damaged();
            }
        }

        return packer.TryFinish(out var number) ? number : throw Damaged();

        static FormatException Damaged() => new("A stored permit number is damaged.");
    }

    private static bool TryReadUnicode(ReadOnlySpan<byte> utf8, out PermitNumber number)
    {
        number = default;
        var characters = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return Utf8.ToUtf16(utf8, characters, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done
                && TryReadUnicode(characters.AsSpan(0, written), out number);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private static bool TryReadUnicode(ReadOnlySpan<char> text, out PermitNumber number)
    {
        number = default;
        if (UnicodeText.Compatible(text) is not { } compatible)
        {
            return false;
        }

        var packer = default(PermitNumberPacker);
        foreach (var character in compatible)
        {
            if (!packer.Add(character))
            {
                return false;
            }
        }

        return packer.TryFinishTyped(out number);
    }
}
