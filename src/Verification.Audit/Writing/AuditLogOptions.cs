using Verification.Audit.Format;

namespace Verification.Audit.Writing;

/// <summary>How a node keeps its log.</summary>
public sealed record AuditLogOptions
{
    /// <summary>The node's own folder; made where it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>The host's name, which every start records.</summary>
    public required string Host { get; init; }

    /// <summary>How often what was appended is flushed to the disk, up to 10 s; zero means before the answer, for many at once.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A signed head comes at most this long after the first record that it covers, 10 ms to 60 s; the flush comes on top.</summary>
    public TimeSpan HeadInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The bytes of a segment's file while it is written, 64 KiB to 1 GiB; taken from the disk beforehand, for one segment more than is written.</summary>
    public int SegmentBytes { get; init; } = 32 << 20;

    /// <summary>How long a segment is written at most, from 1 s.</summary>
    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A block ends when it has as many bytes, 4 KiB to 4 MiB.</summary>
    public int BlockBytes { get; init; } = 256 << 10;

    /// <summary>How many bytes may wait for the disk, from 64 KiB: beyond that nothing more is taken.</summary>
    public int MaxUnflushedBytes { get; init; } = 64 << 20;

    /// <summary>How often the log looks after itself: flushes, ends what is due, makes the next segment.</summary>
    internal TimeSpan Turn => FlushInterval > TimeSpan.Zero && FlushInterval < HeadInterval / 2 ? FlushInterval : Least(TimeSpan.FromMilliseconds(100), HeadInterval / 2);

    /// <summary>Makes sure that the values are in their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    internal void Demand()
    {
        Within(FlushInterval, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(FlushInterval));
        Within(HeadInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(60), nameof(HeadInterval));
        Within(SegmentAge, TimeSpan.FromSeconds(1), TimeSpan.MaxValue, nameof(SegmentAge));
        Within(SegmentBytes, 64 << 10, 1 << 30, nameof(SegmentBytes));
        Within(BlockBytes, 4 << 10, Layout.MaxBlock / 2, nameof(BlockBytes));
        Within(MaxUnflushedBytes, 64 << 10, int.MaxValue, nameof(MaxUnflushedBytes));
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static void Within<T>(T value, T least, T most, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"It must be {least} to {most}.");
        }
    }
}
