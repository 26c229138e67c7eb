using System.Globalization;
using System.Text.Json;
using Verification.Core.Permits;
using Verification.Server.Errors;

namespace Verification.Server.Messages;

/// <summary>
/// Why a field is refused: what is wrong with it, then what is allowed. All that there are stand here, so that none says the rule alone;
/// a test has each of them from a server. None repeats what may be an identity number or a permit's: a text, or a number of 64 bits.
/// </summary>
internal sealed class FieldFault
{
    private readonly string _wrong;
    private readonly string _allowed;

    /// <summary>A fault.</summary>
    /// <param name="reason">Its reason in the contract.</param>
    /// <param name="wrong">What is wrong, as the beginning of a sentence.</param>
    /// <param name="allowed">What is allowed, as its end.</param>
    private FieldFault(string reason, string wrong, string allowed)
    {
        Reason = reason;
        _wrong = wrong;
        _allowed = allowed;
    }

    /// <summary>Its reason in the contract.</summary>
    public string Reason { get; }

    /// <summary>Both, for a person.</summary>
    public string Description => $"{_wrong}; {_allowed}.";

    /// <summary>A field that must be there is not.</summary>
    public static FieldFault Missing() => new(ErrorReasons.FieldRequired, "It is missing", "it is required");

    /// <summary>An event that says nothing.</summary>
    public static FieldFault NothingHappened() =>
        new(ErrorReasons.FieldRequired, "It does not say what happened", "one of the happenings must be set");

    /// <summary>A text that is no permit number.</summary>
    public static FieldFault NoPermitNumber() => new(
        ErrorReasons.MalformedPermitNumber,
        "It is no permit number",
        $"one has {PermitNumber.MinLength} to {PermitNumber.MaxLength} characters 0-9A-Z, white space and hyphens aside");

    /// <summary>A person's number for a permit's.</summary>
    public static FieldFault IdentityForPermitNumber() => new(
        ErrorReasons.MalformedPermitNumber, "It is a resident identity number 居民身份证号", "it must be the number of a permit");

    /// <summary>A number that no employer has.</summary>
    public static FieldFault NoCreditCode() => new(
        ErrorReasons.MalformedPermitNumber,
        "It is no unified social credit code 统一社会信用代码",
        "the number of an employer registration must be one, 18 characters with a check character that fits");

    /// <summary>A text that is no number of its identity document.</summary>
    public static FieldFault NoIdentityNumber(IdentityDocument document) => new(
        ErrorReasons.MalformedIdentityNumber,
        document == IdentityDocument.ResidentIdentityCard
            ? "It is no resident identity number 居民身份证号"
            : $"It is no number of a {CodeNames.WordOf(document)}",
        $"it must be {IdentityNumber.RuleOf(document)}");

    /// <summary>No identity number, from who must bring one.</summary>
    public static FieldFault IdentityRequired() => new(
        ErrorReasons.IdentityRequired, "It is missing", "this caller must bring the subject's identity number with every check");

    /// <summary>A place that no event has.</summary>
    public static FieldFault NoPlace() => new(ErrorReasons.UnknownValue, "It is less than 1", "places of events count from 1");

    /// <summary>An identity number in a text that is kept.</summary>
    public static FieldFault IdentityInText() => new(
        ErrorReasons.IdentityNumberInText, "It holds a resident identity number 居民身份证号", "none is kept, so leave it out");

    /// <summary>A text that is too long.</summary>
    public static FieldFault TextTooLong(int length, int most) =>
        new(ErrorReasons.TextTooLong, Invariant($"It has {length} characters"), Invariant($"it may have {most}"));

    /// <summary>A date that there is not.</summary>
    public static FieldFault NoDate() =>
        new(ErrorReasons.MalformedDate, "It names no real day", "it must be one of the years 1 to 9999");

    /// <summary>A date to ask about that lies outside the calendar.</summary>
    public static FieldFault AsOfOutOfRange(DateOnly asOf, DateOnly earliest, DateOnly latest) => new(
        ErrorReasons.DateOutOfRange,
        asOf < earliest
            ? $"The date {CivilDates.Format(asOf)} is before {CivilDates.Format(earliest)}"
            : $"The date {CivilDates.Format(asOf)} is after {CivilDates.Format(latest)}",
        $"it must lie from {CivilDates.Format(earliest)} to {CivilDates.Format(latest)}, five years from today");

    /// <summary>A last day before the first, or too far ahead.</summary>
    public static FieldFault ThroughOutOfRange(DateOnly through, DateOnly asOf, DateOnly latest) => new(
        ErrorReasons.DateOutOfRange,
        through < asOf
            ? $"The date {CivilDates.Format(through)} is before as_of"
            : $"The date {CivilDates.Format(through)} is after {CivilDates.Format(latest)}",
        $"it must lie from {CivilDates.Format(asOf)}, the check's date, to {CivilDates.Format(latest)}, five years from today");

    /// <summary>An event too far ahead.</summary>
    public static FieldFault TooFarAhead(DateOnly on, DateOnly latest) => new(
        ErrorReasons.DateOutOfRange,
        $"The date {CivilDates.Format(on)} is more than a year ahead",
        $"it may be {CivilDates.Format(latest)} at the latest");

    /// <summary>A date that may not be after the event's.</summary>
    public static FieldFault AfterEvent(DateOnly date, DateOnly on) => new(
        ErrorReasons.DateOutOfRange,
        $"The date {CivilDates.Format(date)} is after the event's",
        $"it may be {CivilDates.Format(on)} at the latest");

    /// <summary>A code that is not known.</summary>
    /// <param name="number">Its number; 0 stands for none.</param>
    /// <param name="allowed">What is allowed.</param>
    public static FieldFault UnknownCode(int number, string allowed = "it must be one of the contract's values") => new(
        ErrorReasons.UnknownValue, number == 0 ? "It is unspecified" : Invariant($"Its value {number} is not known"), allowed);

    /// <summary>More values than there are.</summary>
    public static FieldFault TooManyValues(int most) =>
        new(ErrorReasons.TooManyValues, "It names more values than there are", Invariant($"it may name {most}"));

    /// <summary>A name that the caller chose and that is not of the form required.</summary>
    public static FieldFault NoId(int length, int most) => new(
        ErrorReasons.InvalidId,
        length > most ? Invariant($"It has {length} characters") : "It has characters that are not visible ASCII",
        Invariant($"it must have 1 to {most} characters, all visible ASCII"));

    /// <summary>An import that changes its name on the way.</summary>
    public static FieldFault IdChanged() =>
        new(ErrorReasons.InvalidId, "It is not that of the call's first message", "it must stay the same for the whole call");

    /// <summary>A card's edition that none has.</summary>
    public static FieldFault NoCardEdition(int edition) =>
        new(ErrorReasons.InvalidCardEdition, Invariant($"The edition {edition} is below 1"), "card editions count from 1");

    /// <summary>A revision that there cannot be.</summary>
    public static FieldFault NoRevision() => new(ErrorReasons.InvalidRevision, "It is negative", "revisions count from 0");

    /// <summary>A revision to wait for that there cannot be.</summary>
    public static FieldFault NoRevisionToReach() => new(ErrorReasons.InvalidFreshness, "It is negative", "revisions count from 0");

    /// <summary>A wish to be answered from anything.</summary>
    public static FieldFault NotConsistent() =>
        new(ErrorReasons.InvalidFreshness, "It is false", "it must be true, or the freshness left out or another");

    /// <summary>A length of time that is none.</summary>
    public static FieldFault NoLengthOfTime() => new(
        ErrorReasons.InvalidFreshness,
        "It is negative or no well-formed duration",
        "its seconds must be from 0 to 315576000000, its nanos from 0 to 999999999");

    /// <summary>Too few or too many revisions to leave out.</summary>
    public static FieldFault JumpOutOfRange(long jump, long most) => new(
        ErrorReasons.InvalidJump,
        jump < 1 ? "It is less than 1" : Invariant($"It is more than {most}"),
        Invariant($"1 to {most} revisions can be left out"));

    /// <summary>A text that names no check.</summary>
    public static FieldFault NoCheckId() => new(
        ErrorReasons.MalformedCheckId,
        "It is no check_id",
        "one is a UUIDv7 in 32 hexadecimal digits, and for an item of a batch a hyphen and its index behind them");

    /// <summary>An instant that there is not.</summary>
    public static FieldFault NoInstant() => new(
        ErrorReasons.MalformedInstant,
        "It is no well-formed instant",
        "it must be one of the years 1 to 9999, its nanos from 0 to 999999999");

    /// <summary>A search through all that there is.</summary>
    public static FieldFault IntervalRequired() => new(
        ErrorReasons.FieldRequired, "It is missing", "a search that names neither check nor permit needs both ends of an interval");

    /// <summary>An interval without an instant in it.</summary>
    public static FieldFault EmptyInterval() =>
        new(ErrorReasons.InvalidInterval, "It is not after the interval's beginning", "it must be the first instant that counts no more");

    /// <summary>A page of fewer than none.</summary>
    public static FieldFault NoPageSize() =>
        new(ErrorReasons.InvalidPageSize, "It is negative", "it must be 0, which means the usual size, or more");

    /// <summary>A token that no page of this search ended with.</summary>
    public static FieldFault NoPageToken() => new(
        ErrorReasons.InvalidPageToken, "No page of this search ended with it", "it must be the next_page_token of an answer to the same query");

    /// <summary>More checks by name than one call takes.</summary>
    public static FieldFault TooManyChecks(int most) =>
        new(ErrorReasons.TooManyValues, Invariant($"It names more than {most} checks"), Invariant($"it may name {most}; a query finds more"));

    /// <summary>A sample of fewer than none.</summary>
    public static FieldFault NoSample() =>
        new(ErrorReasons.InvalidSample, "It is negative", "one record in so many is taken, where 0 and 1 mean all");

    /// <summary>A batch of no checks, or too many.</summary>
    public static FieldFault BatchSize(int checks, int most) => new(
        ErrorReasons.InvalidBatchSize,
        checks == 0 ? "The batch has no checks" : Invariant($"The batch has more than {most} checks"),
        Invariant($"it must have 1 to {most}"));

    /// <summary>What belongs to a batch, in one of its checks.</summary>
    public static FieldFault InCheckOfBatch() =>
        new(ErrorReasons.NotAllowedInBatch, "It is set in one check of a batch", "it may be set for the whole batch");

    /// <summary>A JSON name that is no field's.</summary>
    /// <param name="names">The fields there are.</param>
    public static FieldFault UnknownField(string names) => new(
        ErrorReasons.UnknownField,
        "There is no such field here",
        names.Length == 0 ? "there are none" : $"there are {names}");

    /// <summary>A field in a query.</summary>
    public static FieldFault InQuery() =>
        new(ErrorReasons.UnknownField, "It stands in the query", "no call takes any there, as queries are logged on their way");

    /// <summary>A field that is set again.</summary>
    /// <param name="rivals">Those of which one may be set; empty where it stands alone.</param>
    public static FieldFault Repeated(string rivals) => new(
        ErrorReasons.FieldRepeated,
        rivals.Length == 0 ? "It is set twice" : "Another one in its place is set already",
        rivals.Length == 0 ? "it may be set once" : $"one of {rivals} may be set, and none of the others be null");

    /// <summary>A JSON value of another type.</summary>
    public static FieldFault WrongType(JsonTokenType token, string allowed) =>
        new(ErrorReasons.MalformedValue, $"It is {WordOf(token)}", $"it must be {allowed}");

    /// <summary>A text that is not of the form required.</summary>
    public static FieldFault WrongForm(string allowed) =>
        new(ErrorReasons.MalformedValue, "It is a text of another form", $"it must be {allowed}");

    /// <summary>A text that is none.</summary>
    public static FieldFault NoText() =>
        new(ErrorReasons.MalformedValue, "It is no Unicode text", "it must be one, without half characters");

    /// <summary>A number that is not whole, or too large.</summary>
    public static FieldFault NoWholeNumber(long least, long most) => new(
        ErrorReasons.MalformedValue, "It is no whole number of its size", Invariant($"it must be one from {least} to {most}, without exponent or point"));

    /// <summary>A JSON name that is no value's.</summary>
    /// <param name="names">Those that there are.</param>
    public static FieldFault UnknownName(string names) =>
        new(ErrorReasons.UnknownValue, "It is none of the contract's values", $"it must be one of {names}");

    private static string WordOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
