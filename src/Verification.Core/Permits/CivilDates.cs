using System.Buffers;
using System.Globalization;
using System.Text;

namespace Verification.Core.Permits;

/// <summary>Dates as a registry file and the registry write them: YYYY-MM-DD, years 0001 to 9999.</summary>
public static class CivilDates
{
    private const int Length = 10;

    /// <summary>Reads a date: ten ASCII characters that name a real day.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        return text.Length == Length
            && text[4] == '-'
            && text[7] == '-'
            && TryDigits(text[..4], out var year)
            && TryDigits(text[5..7], out var month)
            && TryDigits(text[8..], out var day)
            && TryCreate(year, month, day, out date);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out DateOnly)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateOnly date)
    {
        Span<char> characters = stackalloc char[Length];
        date = default;
        return text.Length == Length && Ascii.ToUtf16(text, characters, out _) == OperationStatus.Done && TryParse(characters, out date);
    }

    /// <summary>A date from its parts.</summary>
    /// <returns>False when there is no such day.</returns>
    public static bool TryCreate(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>Writes a date.</summary>
    public static string Format(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }

            value = (value * 10) + (character - '0');
        }

        return true;
    }
}
