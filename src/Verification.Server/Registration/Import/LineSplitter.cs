using System.Buffers;

namespace Verification.Server.Registration.Import;

/// <summary>
/// Splits a file into lines (policy §7), however it is cut into pieces: lines end at LF, one CR before it is dropped, a byte-order
/// mark at the start of the file is skipped, the last line may lack its LF. Holds back no more than one line, and of a line that is
/// too long no more than tells it so.
/// </summary>
internal sealed class LineSplitter : IDisposable
{
    /// <summary>The longest line, without its line end: 1 MiB.</summary>
    public const int MaxLineLength = 1 << 20;

    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    // Room for the longest line with the byte-order mark and the CR that do not count. A line that needs more is too long.
    private const int MaxHeldBack = MaxLineLength + 4;

    private byte[] _held = ArrayPool<byte>.Shared.Rent(4_096);
    private int _heldLength;
    private bool _overflowed;
    private bool _lent;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The lines read so far, empty ones included.</summary>
    public long Lines { get; private set; }

    /// <summary>Takes bytes off a piece up to the next line end, or all of them.</summary>
    /// <param name="piece">The piece of the file that follows; advanced past what was taken.</param>
    /// <param name="line">The line without its line end, until the next call; empty where it is too long.</param>
    /// <param name="isTooLong">Whether the line is longer than <see cref="MaxLineLength"/>.</param>
    /// <returns>False when the piece held no line end.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        ForgetLent();
        var end = piece.IndexOf(LineFeed);
        if (end < 0)
        {
            HoldBack(piece);
            piece = default;
            line = default;
            isTooLong = false;
            return false;
        }

        var text = piece[..end];
        piece = piece[(end + 1)..];
        if (_heldLength > 0 || _overflowed)
        {
            HoldBack(text);
            text = _held.AsSpan(0, _heldLength);
        }

        if (text is [.., CarriageReturn])
        {
            text = text[..^1];
        }

        line = Complete(text, out isTooLong);
        return true;
    }

    /// <summary>The last line, where the file does not end with LF.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryFinish(out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        ForgetLent();
        if (!_overflowed && WithoutMark(_held.AsSpan(0, _heldLength)).IsEmpty)
        {
            line = default;
            isTooLong = false;
            return false;
        }

        line = Complete(_held.AsSpan(0, _heldLength), out isTooLong);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_held, clearArray: true);
        _held = [];
        _heldLength = 0;
    }

    private ReadOnlySpan<byte> Complete(ReadOnlySpan<byte> text, out bool isTooLong)
    {
        text = WithoutMark(text);
        isTooLong = _overflowed || text.Length > MaxLineLength;
        Lines++;
        _lent = true;
        return isTooLong ? default : text;
    }

    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        Lines == 0 && text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;

    /// <summary>What was held back belongs to the line that the last call gave out.</summary>
    private void ForgetLent()
    {
        if (_lent)
        {
            _heldLength = 0;
            _overflowed = false;
            _lent = false;
        }
    }

    private void HoldBack(ReadOnlySpan<byte> bytes)
    {
        if (_overflowed || _heldLength + bytes.Length > MaxHeldBack)
        {
            _overflowed = true;
            _heldLength = 0;
            return;
        }

        if (_heldLength + bytes.Length > _held.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_heldLength + bytes.Length, _held.Length * 2));
            _held.AsSpan(0, _heldLength).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_held, clearArray: true);
            _held = larger;
        }

        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
    }
}
