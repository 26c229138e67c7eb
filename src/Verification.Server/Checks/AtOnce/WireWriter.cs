using System.Runtime.CompilerServices;
using System.Text;

namespace Verification.Server.Checks.AtOnce;

/// <summary>
/// Writes fields of Protocol Buffers one behind the other, as its own writer does: fields that are zero or empty are left out. Whoever makes
/// one gives it room for everything.
/// </summary>
/// <param name="destination">The room.</param>
internal ref struct WireWriter(Span<byte> destination)
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int MostOfOneByte = 0x7F;

    private readonly Span<byte> _destination = destination;

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public readonly ReadOnlySpan<byte> Written => _destination[..Length];

    /// <summary>Writes a number, unless it is zero.</summary>
    public void Number(int field, long value)
    {
        if (value != 0)
        {
            Put((byte)((field << 3) | Varint));
            Raw((ulong)value);
        }
    }

    /// <summary>Writes a text, unless it is empty.</summary>
    public void Text(int field, string text)
    {
        if (text.Length > 0)
        {
            var start = Begin(field);
            Length += Encoding.UTF8.GetBytes(text, _destination[Length..]);
            End(start);
        }
    }

    /// <summary>Writes a date, unless there is none.</summary>
    public void Date(int field, DateOnly? date)
    {
        if (date is { } day)
        {
            var start = Begin(field);
            day.Deconstruct(out var year, out var month, out var dayOfMonth);
            Number(Google.Type.Date.YearFieldNumber, year);
            Number(Google.Type.Date.MonthFieldNumber, month);
            Number(Google.Type.Date.DayFieldNumber, dayOfMonth);
            End(start);
        }
    }

    /// <summary>Begins a message, a text or packed numbers.</summary>
    /// <returns>What <see cref="End"/> takes.</returns>
    public int Begin(int field)
    {
        Put((byte)((field << 3) | LengthDelimited));
        Put(0);
        return Length;
    }

    /// <summary>Ends it: its length stands before it.</summary>
    /// <param name="start">What <see cref="Begin"/> returned.</param>
    public void End(int start)
    {
        var length = Length - start;
        if (length <= MostOfOneByte)
        {
            _destination[start - 1] = (byte)length;
            return;
        }

        // The length takes more bytes than the one that was left for it.
        var more = LengthOf((uint)length) - 1;
        _destination[start..Length].CopyTo(_destination[(start + more)..]);
        Length = start - 1;
        Raw((uint)length);
        Length += length;
    }

    /// <summary>Writes a number of varying length without its field, as packed numbers stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ulong value)
    {
        for (; value > MostOfOneByte; value >>= 7)
        {
            Put((byte)(value | 0x80));
        }

        Put((byte)value);
    }

    /// <summary>The room that is left, to be written into by others.</summary>
    public readonly Span<byte> Room => _destination[Length..];

    /// <summary>Takes as written what others wrote into <see cref="Room"/>.</summary>
    public void Advance(int length) => Length += length;

    private static int LengthOf(uint value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(byte value) => _destination[Length++] = value;
}
