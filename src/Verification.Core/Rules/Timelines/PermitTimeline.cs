using System.Buffers.Binary;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Rules.Timelines;

/// <summary>
/// A permit's history compiled under one rulebook: its standing on every date, scheduled transitions included, and what the registry
/// says of it. A look into bytes that <see cref="TimelineCompiler"/> wrote and that never change: it allocates nothing, wherever they lie.
/// </summary>
/// <remarks>
/// <para>The bytes, dates as day numbers, numbers as <see cref="PackedBytes"/> writes them:</para>
/// <list type="bullet">
/// <item>a byte of kind and flags, and the issue date in three;</item>
/// <item>the holder's digest in 16, where there is one; the number of family members there ever were, and 17 for each: relation and digest;</item>
/// <item>the length of the records, and these, the newest first: days since issue, days from the end of the newer record's term to the end of
/// this one's, edition, how many members, and which;</item>
/// <item>days from issue to the newest stretch, and the stretches, the newest first: standing and <see cref="StretchReader.Link"/> in a byte,
/// days back to the one before, and that one's foresight where it does not follow from the newer's.</item>
/// </list>
/// <para>Both views are in the one form: what the restricted one shows follows from the standings and the reasons that its rulebook hides.</para>
/// </remarks>
public readonly struct PermitTimeline
{
    /// <summary>The bytes of the permit's number before those of the timeline, as <see cref="TimelineCompiler.Pack"/> writes them.</summary>
    public const int NumberSize = 16;

    internal const int IdentitySize = 16;
    internal const int MemberSize = 1 + IdentitySize;
    internal const int HasHolder = 1 << 3;
    internal const int HasMembers = 1 << 4;
    internal const int KnowsIdentity = 1 << 5;

    private const int KindMask = HasHolder - 1;
    private const int HeadSize = 4;

    private static readonly Standing BeforeIssue = new(PermitStatus.NotYetValid, StatusReasons.None);

    private readonly byte[] _bytes;
    private readonly int _number;
    private readonly int _start;

    private PermitTimeline(byte[] bytes, int number, int start, Rulebook rulebook)
    {
        _bytes = bytes;
        _number = number;
        _start = start;
        Rulebook = rulebook;
    }

    /// <summary>The rulebook it was compiled under: what is decided by it is decided under this one alone.</summary>
    public Rulebook Rulebook { get; }

    /// <summary>The permit's number.</summary>
    public PermitNumber Number
    {
        get
        {
            var packed = BinaryPrimitives.ReadUInt128LittleEndian(_bytes.AsSpan(_number));
            return new PermitNumber((ulong)(packed >> 64), (ulong)packed);
        }
    }

    /// <summary>Its kind.</summary>
    public PermitKind Kind => (PermitKind)(_bytes[_start] & KindMask);

    /// <summary>Its issue date.</summary>
    public DateOnly IssuedOn => DateOnly.FromDayNumber(Issued);

    /// <summary>The first 128 bits of the digest of the holder's identity number, where the registry holds one.</summary>
    public UInt128? Holder => Has(HasHolder) ? BinaryPrimitives.ReadUInt128LittleEndian(_bytes.AsSpan(_start + HeadSize)) : null;

    /// <summary>Whether the registry holds anybody's identity number for it, on any date.</summary>
    public bool HoldsIdentity => Has(KnowsIdentity);

    private int Issued => _bytes[_start + 1] | (_bytes[_start + 2] << 8) | (_bytes[_start + 3] << 16);

    /// <summary>Reads what <see cref="TimelineCompiler.Pack"/> wrote, where it lies now. Neither it nor the number may ever change.</summary>
    /// <param name="bytes">Where it lies.</param>
    /// <param name="number">The place of the permit's number.</param>
    /// <param name="start">The place of what follows the number in the packed form.</param>
    /// <param name="rulebook">The rulebook that it was packed under.</param>
    public static PermitTimeline At(byte[] bytes, int number, int start, Rulebook rulebook) => new(bytes, number, start, rulebook);

    /// <summary>The standing on a date, and what was known on it of its end.</summary>
    public TimelineSegment SegmentOn(DateOnly date, StandingView view)
    {
        var hidden = HiddenFrom(view);
        var stretches = Stretches();
        if (!stretches.MoveTo(date))
        {
            return new TimelineSegment(DateOnly.MinValue, IssuedOn, Calendar.Never, BeforeIssue);
        }

        var standing = stretches.Standing;
        var foresight = stretches.Foresight;
        var since = stretches.From;
        while (stretches.MoveOlder() && stretches.Standing.IsShownAs(standing, hidden))
        {
            since = stretches.From;
        }

        return new TimelineSegment(
            since,
            view == StandingView.Authority ? foresight.Until : foresight.ShownUntil,
            foresight.ValidUntil,
            Show(standing, hidden));
    }

    /// <summary>The first day of an interval, both ends included, on which the permit is not valid, and its status then; null when it is throughout.</summary>
    public (DateOnly On, PermitStatus Status)? FirstNotValid(DateOnly from, DateOnly through)
    {
        // Notices do not end validity: every view tells the same.
        (DateOnly On, PermitStatus Status)? first = null;
        var stretches = Stretches();
        for (var found = stretches.MoveTo(through); found; found = stretches.MoveOlder())
        {
            if (stretches.Standing.Status is not PermitStatus.Valid and var status)
            {
                first = (stretches.From < from ? from : stretches.From, status);
            }

            if (stretches.From <= from)
            {
                return first;
            }
        }

        return (from, BeforeIssue.Status);
    }

    /// <summary>What the registry says on a date; null before issue.</summary>
    public PermitRecord? RecordOn(DateOnly date)
    {
        var issued = Issued;
        var (members, at) = MembersAndEnd();
        _ = PackedBytes.ReadNumber(_bytes, ref at);
        var expires = issued;
        while (true)
        {
            var from = issued + PackedBytes.ReadNumber(_bytes, ref at);
            expires += PackedBytes.ReadSigned(_bytes, ref at);
            var edition = PackedBytes.ReadNumber(_bytes, ref at);
            if (from <= date.DayNumber)
            {
                return new PermitRecord(_bytes, members, at, DateOnly.FromDayNumber(from), DateOnly.FromDayNumber(expires), edition);
            }

            if (from == issued)
            {
                return null;
            }

            for (var left = PackedBytes.ReadNumber(_bytes, ref at); left > 0; left--)
            {
                _ = PackedBytes.ReadNumber(_bytes, ref at);
            }
        }
    }

    /// <summary>The runs of equal standing: past ones as they turned out, coming ones as scheduled. Neighbours differ.</summary>
    public IReadOnlyList<TimelineRun> Runs(StandingView view)
    {
        var hidden = HiddenFrom(view);
        var stretches = Stretches();
        var runs = new List<TimelineRun>();
        var until = Calendar.Never;
        for (var more = true; more;)
        {
            var standing = Show(stretches.Standing, hidden);
            var from = stretches.From;
            while ((more = stretches.MoveOlder()) && stretches.Standing.IsShownAs(standing, hidden))
            {
                from = stretches.From;
            }

            runs.Add(new TimelineRun(from, until, standing));
            until = from;
        }

        runs.Add(new TimelineRun(DateOnly.MinValue, until, BeforeIssue));
        runs.Reverse();
        return runs;
    }

    /// <summary>Its stretches, the newest first.</summary>
    internal StretchReader Stretches()
    {
        var (_, at) = MembersAndEnd();
        var length = PackedBytes.ReadNumber(_bytes, ref at);
        return new StretchReader(_bytes, at + length, Issued, Rulebook.HiddenReasons);
    }

    private static Standing Show(Standing standing, StatusReasons hidden) => standing with { Reasons = standing.Reasons & ~hidden };

    private StatusReasons HiddenFrom(StandingView view) => view == StandingView.Authority ? StatusReasons.None : Rulebook.HiddenReasons;

    private bool Has(int flag) => (_bytes[_start] & flag) != 0;

    /// <summary>The place of the family members, and the one after them.</summary>
    private (int Members, int End) MembersAndEnd()
    {
        var at = _start + HeadSize + (Has(HasHolder) ? IdentitySize : 0);
        if (!Has(HasMembers))
        {
            return (at, at);
        }

        var count = PackedBytes.ReadNumber(_bytes, ref at);
        return (at, at + (count * MemberSize));
    }
}
