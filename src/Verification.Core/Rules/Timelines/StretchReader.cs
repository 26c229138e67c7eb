using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Timelines;

/// <summary>Reads the stretches of a packed timeline, the newest first: most checks are about today. Allocates nothing.</summary>
internal ref struct StretchReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _issued;
    private readonly StatusReasons _hidden;
    private int _at;
    private int _from;
    private Link _link;

    /// <summary>A reader that stands at the newest stretch.</summary>
    /// <param name="bytes">The timeline's bytes.</param>
    /// <param name="at">Where its stretches begin.</param>
    /// <param name="issued">The issue date, at which the oldest one begins.</param>
    /// <param name="hidden">The reasons that the restricted view does not show.</param>
    public StretchReader(ReadOnlySpan<byte> bytes, int at, int issued, StatusReasons hidden)
    {
        _bytes = bytes;
        _at = at;
        _issued = issued;
        _hidden = hidden;
        _from = issued + PackedBytes.ReadNumber(bytes, ref _at);
        Foresight = Foresight.Nothing;
        ReadStanding();
    }

    /// <summary>How the foresight of a stretch follows from the one after it.</summary>
    internal enum Link
    {
        /// <summary>That one came as was to be expected.</summary>
        Expected = 0,

        /// <summary>It is the same.</summary>
        Same = 1,

        /// <summary>It is spelled out.</summary>
        SpelledOut = 2,
    }

    /// <summary>The first date of the stretch.</summary>
    public readonly DateOnly From => DateOnly.FromDayNumber(_from);

    /// <summary>Its standing, as the issuing authority sees it.</summary>
    public Standing Standing { readonly get; private set; }

    /// <summary>What was to be expected.</summary>
    public Foresight Foresight { readonly get; private set; }

    /// <summary>Goes to the stretch that a date lies in.</summary>
    /// <returns>False when the date lies before issue.</returns>
    public bool MoveTo(DateOnly date)
    {
        while (_from > date.DayNumber)
        {
            if (!MoveOlder())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Goes to the stretch before.</summary>
    /// <returns>False when there is none.</returns>
    public bool MoveOlder()
    {
        if (_from == _issued)
        {
            return false;
        }

        var newer = new Stretch(From, Standing, Foresight);
        var link = _link;
        _from -= PackedBytes.ReadNumber(_bytes, ref _at);
        if (link == Link.SpelledOut)
        {
            Foresight = ReadForesight(newer.From.DayNumber);
        }

        ReadStanding();
        if (link == Link.Expected)
        {
            Foresight = newer.Before(Standing, _hidden);
        }

        return true;
    }

    private Foresight ReadForesight(int newer)
    {
        int marks = _bytes[_at++];
        var until = ReadDate(marks & 3, newer, Calendar.Never);
        var shown = ReadDate((marks >> 2) & 3, newer, until);
        return new Foresight(until, shown, ReadDate(marks >> 4, newer, until));
    }

    private DateOnly ReadDate(int mark, int newer, DateOnly until) =>
        mark == TimelinePacker.Date ? DateOnly.FromDayNumber(newer + PackedBytes.ReadNumber(_bytes, ref _at))
        : mark == TimelinePacker.LikeUntil ? until
        : Calendar.Never;

    private void ReadStanding()
    {
        int code = _bytes[_at++];
        _link = (Link)(code >> 6);
        code &= StandingCodes.None;
        if (code != StandingCodes.None)
        {
            Standing = StandingCodes.Read(code);
            return;
        }

        Standing = new Standing((PermitStatus)_bytes[_at], (StatusReasons)(_bytes[_at + 1] | (_bytes[_at + 2] << 8)));
        _at += 3;
    }
}
