using System.Runtime.CompilerServices;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Timelines;

/// <summary>Reads the stretches of a packed timeline, the newest first: most checks are about today. Allocates nothing.</summary>
/// <remarks>Dates are day numbers here: a check goes through all that is still to come, and wants a date of the last of them only.</remarks>
internal ref struct StretchReader
{
    private static readonly int Never = Calendar.Never.DayNumber;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _issued;
    private readonly StatusReasons _hidden;
    private int _at;
    private int _from;
    private int _until = Never;
    private int _shownUntil = Never;
    private int _validUntil = Never;
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
    public readonly Foresight Foresight =>
        new(DateOnly.FromDayNumber(_until), DateOnly.FromDayNumber(_shownUntil), DateOnly.FromDayNumber(_validUntil));

    /// <summary>Goes to the stretch that a date lies in.</summary>
    /// <returns>False when the date lies before issue.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveOlder()
    {
        if (_from == _issued)
        {
            return false;
        }

        var (newer, newerFrom, link) = (Standing, _from, _link);
        _from -= PackedBytes.ReadNumber(_bytes, ref _at);
        if (link == Link.SpelledOut)
        {
            ReadForesight(newerFrom);
        }

        ReadStanding();
        if (link == Link.Expected)
        {
            // The same as Stretch.Before.
            _until = newerFrom;
            _shownUntil = Standing.IsShownAs(newer, _hidden) ? _shownUntil : newerFrom;
            _validUntil = Standing.Status != PermitStatus.Valid ? Never
                : newer.Status != PermitStatus.Valid ? newerFrom
                : _validUntil;
        }

        return true;
    }

    private void ReadForesight(int newer)
    {
        int marks = _bytes[_at++];
        _until = ReadDate(marks & 3, newer, Never);
        _shownUntil = ReadDate((marks >> 2) & 3, newer, _until);
        _validUntil = ReadDate(marks >> 4, newer, _until);
    }

    private int ReadDate(int mark, int newer, int until) =>
        mark == TimelinePacker.Date ? newer + PackedBytes.ReadNumber(_bytes, ref _at)
        : mark == TimelinePacker.LikeUntil ? until
        : Never;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadStanding()
    {
        int code = _bytes[_at++];
        _link = (Link)(code >> 6);
        code &= StandingCodes.None;
        Standing = code != StandingCodes.None ? StandingCodes.Read(code) : ReadSpelledOut();
    }

    private Standing ReadSpelledOut()
    {
        _at += 3;
        return new Standing((PermitStatus)_bytes[_at - 3], (StatusReasons)(_bytes[_at - 2] | (_bytes[_at - 1] << 8)));
    }
}
