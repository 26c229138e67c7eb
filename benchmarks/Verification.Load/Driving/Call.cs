using System.Globalization;
using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>A call under way, and what has come back to it. Used again for a later call.</summary>
internal sealed class Call
{
    private byte[] _body = new byte[512];
    private byte[] _details = [];
    private int _length;
    private int _status;

    /// <summary>Which call of its run it is.</summary>
    public int Index { get; private set; }

    /// <summary>When it was to be sent, by the clock of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long IntendedAt { get; private set; }

    /// <summary>The bytes of the answer's body.</summary>
    public int BodyLength => _length;

    /// <summary>What came back.</summary>
    public Answer Answer => new(
        _status, _length < Frame.Prefix ? [] : _body.AsSpan(Frame.Prefix, _length - Frame.Prefix), _details);

    /// <summary>Begins another call.</summary>
    public void Begin(int index, long intendedAt)
    {
        (Index, IntendedAt) = (index, intendedAt);
        (_length, _status, _details) = (0, -1, []);
    }

    /// <summary>Takes a piece of the body.</summary>
    public void AddBody(ReadOnlySpan<byte> piece)
    {
        if (_body.Length < _length + piece.Length)
        {
            Array.Resize(ref _body, Math.Max(2 * _body.Length, _length + piece.Length));
        }

        piece.CopyTo(_body.AsSpan(_length));
        _length += piece.Length;
    }

    /// <summary>Takes headers or trailers.</summary>
    public void AddHeaders(ReadOnlySpan<byte> block)
    {
        var headers = new HeaderReader(block);
        while (headers.MoveNext())
        {
            if (headers.Name.SequenceEqual("grpc-status"u8))
            {
                _status = int.Parse(headers.Value, NumberStyles.None, CultureInfo.InvariantCulture);
            }
            else if (headers.Name.SequenceEqual("grpc-status-details-bin"u8))
            {
                _details = headers.Value.ToArray();
            }
        }
    }
}
