using System.Globalization;
using System.Text.Json;
using Verification.Core.Permits;
using Verification.Core.Words;
using Verification.Server.Errors;

namespace Verification.Server.Messages;

/// <summary>
/// Why a field is refused: what is wrong with it, then what is allowed. All that there are stand here, so that none says the rule alone;
/// a test has each of them from a server. None repeats what may be an identity number or a permit's: a text, or a number of 64 bits.
/// </summary>
internal sealed class FieldFault
{
    // Always the same, and what is sent wrong most.
    private static readonly FieldFault PermitNumberIsNone = new(
        ErrorReasons.MalformedPermitNumber,
        new("It is no permit number", "不是证件号码"),
        new($"one has {PermitNumber.MinLength} to {PermitNumber.MaxLength} characters 0-9A-Z, white space and hyphens aside", $"证件号码为 {PermitNumber.MinLength} 到 {PermitNumber.MaxLength} 个字符 0-9A-Z，空白和连字符不计"));

    private static readonly FieldFault PermitNumberIsIdentity = new(
        ErrorReasons.MalformedPermitNumber, new("It is a resident identity number 居民身份证号", "这是居民身份证号"), new("it must be the number of a permit", "此处必须是证件号码"));

    /// <summary>A fault.</summary>
    /// <param name="reason">Its reason in the contract.</param>
    /// <param name="wrong">What is wrong, as the beginning of a sentence.</param>
    /// <param name="allowed">What is allowed, as its end.</param>
    private FieldFault(string reason, Wording wrong, Wording allowed)
    {
        Reason = reason;
        Description = new($"{wrong.English}; {allowed.English}.", $"{wrong.Chinese}；{allowed.Chinese}。");
    }

    /// <summary>Its reason in the contract.</summary>
    public string Reason { get; }

    /// <summary>Both, for a person.</summary>
    public Wording Description { get; }

    /// <summary>Whether it is one that never differs, so that an error of it alone may be made once.</summary>
    public bool IsFixed => this == PermitNumberIsNone || this == PermitNumberIsIdentity;

    /// <summary>A field that must be there is not.</summary>
    public static FieldFault Missing() => new(ErrorReasons.FieldRequired, new("It is missing", "缺少此字段"), new("it is required", "必须填写"));

    /// <summary>An event that says nothing.</summary>
    public static FieldFault NothingHappened() =>
        new(ErrorReasons.FieldRequired, new("It does not say what happened", "没有说明发生了什么"), new("one of the happenings must be set", "必须填写其中一种事项"));

    /// <summary>A text that is no permit number.</summary>
    public static FieldFault NoPermitNumber() => PermitNumberIsNone;

    /// <summary>A person's number for a permit's.</summary>
    public static FieldFault IdentityForPermitNumber() => PermitNumberIsIdentity;

    /// <summary>A number that no employer has.</summary>
    public static FieldFault NoCreditCode() => new(
        ErrorReasons.MalformedPermitNumber,
        new("It is no unified social credit code 统一社会信用代码", "不是统一社会信用代码"),
        new("the number of an employer registration must be one, 18 characters with a check character that fits", "申报单位注册的号码必须是统一社会信用代码：18 个字符，校验码相符"));

    /// <summary>A text that is no number of its identity document.</summary>
    public static FieldFault NoIdentityNumber(IdentityDocument document) => new(
        ErrorReasons.MalformedIdentityNumber,
        document == IdentityDocument.ResidentIdentityCard
            ? new("It is no resident identity number 居民身份证号", "不是居民身份证号")
            : new($"It is no number of a {CodeNames.WordOf(document)}", $"不是{Terms.Of(document).Name.Chinese}号码"),
        new($"it must be {IdentityNumber.RuleOf(document).English}", $"必须是{IdentityNumber.RuleOf(document).Chinese}"));

    /// <summary>No identity number, from who must bring one.</summary>
    public static FieldFault IdentityRequired() => new(
        ErrorReasons.IdentityRequired, new("It is missing", "缺少此字段"), new("this caller must bring the subject's identity number with every check", "该调用方每次查询都必须提供受益人的身份证件号码"));

    /// <summary>A place that no event has.</summary>
    public static FieldFault NoPlace() => new(ErrorReasons.UnknownValue, new("It is less than 1", "小于 1"), new("places of events count from 1", "事项位置从 1 开始"));

    /// <summary>An identity number in a text that is kept.</summary>
    public static FieldFault IdentityInText() => new(
        ErrorReasons.IdentityNumberInText, new("It holds a resident identity number 居民身份证号", "含有居民身份证号"), new("none is kept, so leave it out", "本系统一律不保存，请删去"));

    /// <summary>A text that is too long.</summary>
    public static FieldFault TextTooLong(int length, int most) =>
        new(ErrorReasons.TextTooLong, new(Invariant($"It has {length} characters"), Invariant($"有 {length} 个字符")), new(Invariant($"it may have {most}"), Invariant($"最多 {most} 个")));

    /// <summary>A date that there is not.</summary>
    public static FieldFault NoDate() =>
        new(ErrorReasons.MalformedDate, new("It names no real day", "不是真实存在的日子"), new("it must be one of the years 1 to 9999", "年份必须为 1 到 9999"));

    /// <summary>A date to ask about that lies outside the calendar.</summary>
    public static FieldFault AsOfOutOfRange(DateOnly asOf, DateOnly earliest, DateOnly latest) => new(
        ErrorReasons.DateOutOfRange,
        asOf < earliest
            ? new($"The date {CivilDates.Format(asOf)} is before {CivilDates.Format(earliest)}", $"日期 {CivilDates.Format(asOf)} 早于 {CivilDates.Format(earliest)}")
            : new($"The date {CivilDates.Format(asOf)} is after {CivilDates.Format(latest)}", $"日期 {CivilDates.Format(asOf)} 晚于 {CivilDates.Format(latest)}"),
        new($"it must lie from {CivilDates.Format(earliest)} to {CivilDates.Format(latest)}, five years from today", $"必须在 {CivilDates.Format(earliest)} 到 {CivilDates.Format(latest)}（今天起五年）之间"));

    /// <summary>A last day before the first, or too far ahead.</summary>
    public static FieldFault ThroughOutOfRange(DateOnly through, DateOnly asOf, DateOnly latest) => new(
        ErrorReasons.DateOutOfRange,
        through < asOf
            ? new($"The date {CivilDates.Format(through)} is before as_of", $"日期 {CivilDates.Format(through)} 早于 as_of")
            : new($"The date {CivilDates.Format(through)} is after {CivilDates.Format(latest)}", $"日期 {CivilDates.Format(through)} 晚于 {CivilDates.Format(latest)}"),
        new($"it must lie from {CivilDates.Format(asOf)}, the check's date, to {CivilDates.Format(latest)}, five years from today", $"必须在所查日期 {CivilDates.Format(asOf)} 到 {CivilDates.Format(latest)}（今天起五年）之间"));

    /// <summary>An event too far ahead.</summary>
    public static FieldFault TooFarAhead(DateOnly on, DateOnly latest) => new(
        ErrorReasons.DateOutOfRange,
        new($"The date {CivilDates.Format(on)} is more than a year ahead", $"日期 {CivilDates.Format(on)} 在一年以后"),
        new($"it may be {CivilDates.Format(latest)} at the latest", $"最晚为 {CivilDates.Format(latest)}"));

    /// <summary>A date that may not be after the event's.</summary>
    public static FieldFault AfterEvent(DateOnly date, DateOnly on) => new(
        ErrorReasons.DateOutOfRange,
        new($"The date {CivilDates.Format(date)} is after the event's", $"日期 {CivilDates.Format(date)} 晚于事项日期"),
        new($"it may be {CivilDates.Format(on)} at the latest", $"最晚为 {CivilDates.Format(on)}"));

    /// <summary>A code that is not known.</summary>
    /// <param name="number">Its number; 0 stands for none.</param>
    /// <param name="allowed">What is allowed.</param>
    public static FieldFault UnknownCode(int number, Wording? allowed = null) => new(
        ErrorReasons.UnknownValue,
        number == 0 ? new("It is unspecified", "没有指定") : new(Invariant($"Its value {number} is not known"), Invariant($"取值 {number} 未知")),
        allowed ?? new("it must be one of the contract's values", "必须是接口中规定的取值"));

    /// <summary>More values than there are.</summary>
    public static FieldFault TooManyValues(int most) =>
        new(ErrorReasons.TooManyValues, new("It names more values than there are", "取值个数超过现有的数量"), new(Invariant($"it may name {most}"), Invariant($"最多 {most} 个")));

    /// <summary>A name that the caller chose and that is not of the form required.</summary>
    public static FieldFault NoId(int length, int most) => new(
        ErrorReasons.InvalidId,
        length > most
            ? new(Invariant($"It has {length} characters"), Invariant($"有 {length} 个字符"))
            : new("It has characters that are not visible ASCII", "含有不是可见 ASCII 的字符"),
        new(Invariant($"it must have 1 to {most} characters, all visible ASCII"), Invariant($"必须是 1 到 {most} 个可见的 ASCII 字符")));

    /// <summary>An import that changes its name on the way.</summary>
    public static FieldFault IdChanged() =>
        new(ErrorReasons.InvalidId, new("It is not that of the call's first message", "与该调用第一个报文中的不同"), new("it must stay the same for the whole call", "在整个调用中必须保持不变"));

    /// <summary>An import's name, for a file that is only judged.</summary>
    public static FieldFault IdOfCheck() => new(
        ErrorReasons.InvalidId,
        new("It is set, and check_only is too", "在 check_only 的调用中填写了"),
        new("a file that is only judged has none", "只作检查的文件没有标识"));

    /// <summary>A file that is only judged from its middle on.</summary>
    public static FieldFault CheckTooLate() => new(
        ErrorReasons.NotAllowedInBatch,
        new("It is set, and the call's first message did not set it", "该调用的第一个报文没有填写"),
        new("a file is judged or imported as a whole", "文件只能整体检查或整体导入"));

    /// <summary>A card's edition that none has.</summary>
    public static FieldFault NoCardEdition(int edition) =>
        new(ErrorReasons.InvalidCardEdition, new(Invariant($"The edition {edition} is below 1"), Invariant($"版次 {edition} 小于 1")), new("card editions count from 1", "证件版次从 1 开始"));

    /// <summary>A revision that there cannot be.</summary>
    public static FieldFault NoRevision() => new(ErrorReasons.InvalidRevision, new("It is negative", "是负数"), new("revisions count from 0", "修订号从 0 开始"));

    /// <summary>A revision to wait for that there cannot be.</summary>
    public static FieldFault NoRevisionToReach() => new(ErrorReasons.InvalidFreshness, new("It is negative", "是负数"), new("revisions count from 0", "修订号从 0 开始"));

    /// <summary>A wish to be answered from anything.</summary>
    public static FieldFault NotConsistent() =>
        new(ErrorReasons.InvalidFreshness, new("It is false", "取值为 false"), new("it must be true, or the freshness left out or another", "必须为 true，或不填，或改用其他新鲜度要求"));

    /// <summary>A length of time that is none.</summary>
    public static FieldFault NoLengthOfTime() => new(
        ErrorReasons.InvalidFreshness,
        new("It is negative or no well-formed duration", "是负数或格式错误的时长"),
        new("its seconds must be from 0 to 315576000000, its nanos from 0 to 999999999", "seconds 必须为 0 到 315576000000，nanos 必须为 0 到 999999999"));

    /// <summary>Too few or too many revisions to leave out.</summary>
    public static FieldFault JumpOutOfRange(long jump, long most) => new(
        ErrorReasons.InvalidJump,
        jump < 1 ? new("It is less than 1", "小于 1") : new(Invariant($"It is more than {most}"), Invariant($"大于 {most}")),
        new(Invariant($"1 to {most} revisions can be left out"), Invariant($"可以跳过 1 到 {most} 个修订号")));

    /// <summary>A text that names no check.</summary>
    public static FieldFault NoCheckId() => new(
        ErrorReasons.MalformedCheckId,
        new("It is no check_id", "不是 check_id"),
        new("one is a UUIDv7 in 32 hexadecimal digits, and for an item of a batch a hyphen and its index behind them", "check_id 为 32 位十六进制的 UUIDv7，批量中的一项在其后加连字符和序号"));

    /// <summary>An instant that there is not.</summary>
    public static FieldFault NoInstant() => new(
        ErrorReasons.MalformedInstant,
        new("It is no well-formed instant", "不是格式正确的时刻"),
        new("it must be one of the years 1 to 9999, its nanos from 0 to 999999999", "年份必须为 1 到 9999，nanos 必须为 0 到 999999999"));

    /// <summary>A search through all that there is.</summary>
    public static FieldFault IntervalRequired() => new(
        ErrorReasons.FieldRequired, new("It is missing", "缺少此字段"), new("a search that names neither check nor permit needs both ends of an interval", "既不指定查询也不指定证件的检索需要时间段的两端"));

    /// <summary>An interval without an instant in it.</summary>
    public static FieldFault EmptyInterval() =>
        new(ErrorReasons.InvalidInterval, new("It is not after the interval's beginning", "不晚于时间段的开始"), new("it must be the first instant that counts no more", "必须是不再计入的第一个时刻"));

    /// <summary>A page of fewer than none.</summary>
    public static FieldFault NoPageSize() =>
        new(ErrorReasons.InvalidPageSize, new("It is negative", "是负数"), new("it must be 0, which means the usual size, or more", "必须为 0（表示默认大小）或更大"));

    /// <summary>A token that no page of this search ended with.</summary>
    public static FieldFault NoPageToken() => new(
        ErrorReasons.InvalidPageToken, new("No page of this search ended with it", "本次检索没有以它结束的页"), new("it must be the next_page_token of an answer to the same query", "必须是同一检索的答复中的 next_page_token"));

    /// <summary>More checks by name than one call takes.</summary>
    public static FieldFault TooManyChecks(int most) =>
        new(ErrorReasons.TooManyValues, new(Invariant($"It names more than {most} checks"), Invariant($"指定了超过 {most} 个查询")), new(Invariant($"it may name {most}; a query finds more"), Invariant($"最多 {most} 个；更多的请用条件检索")));

    /// <summary>A sample of fewer than none.</summary>
    public static FieldFault NoSample() =>
        new(ErrorReasons.InvalidSample, new("It is negative", "是负数"), new("one record in so many is taken, where 0 and 1 mean all", "表示每多少条取一条，0 和 1 表示全部"));

    /// <summary>A batch of no checks, or too many.</summary>
    public static FieldFault BatchSize(int checks, int most) => new(
        ErrorReasons.InvalidBatchSize,
        checks == 0
            ? new("The batch has no checks", "批量中没有查询")
            : new(Invariant($"The batch has more than {most} checks"), Invariant($"批量中的查询超过 {most} 个")),
        new(Invariant($"it must have 1 to {most}"), Invariant($"必须为 1 到 {most} 个")));

    /// <summary>What belongs to a batch, in one of its checks.</summary>
    public static FieldFault InCheckOfBatch() =>
        new(ErrorReasons.NotAllowedInBatch, new("It is set in one check of a batch", "在批量的一项中填写了"), new("it may be set for the whole batch", "只能为整个批量填写"));

    /// <summary>A JSON name that is no field's.</summary>
    /// <param name="names">The fields there are.</param>
    public static FieldFault UnknownField(string names) => new(
        ErrorReasons.UnknownField,
        new("There is no such field here", "没有此字段"),
        names.Length == 0 ? new("there are none", "这里没有字段") : new($"there are {names}", $"可用的字段：{names}"));

    /// <summary>A field in a query.</summary>
    public static FieldFault InQuery() =>
        new(ErrorReasons.UnknownField, new("It stands in the query", "写在了查询字符串中"), new("no call takes any there, as queries are logged on their way", "任何调用都不接受查询字符串，因为它会在途中被记录"));

    /// <summary>A field that is set again.</summary>
    /// <param name="rivals">Those of which one may be set; empty where it stands alone.</param>
    public static FieldFault Repeated(string rivals) => new(
        ErrorReasons.FieldRepeated,
        rivals.Length == 0 ? new("It is set twice", "填写了两次") : new("Another one in its place is set already", "已填写了与之互斥的字段"),
        rivals.Length == 0
            ? new("it may be set once", "只能填写一次")
            : new($"one of {rivals} may be set, and none of the others be null", $"{rivals} 中只能填写一个，其余也不能为 null"));

    /// <summary>A JSON value of another type.</summary>
    public static FieldFault WrongType(JsonTokenType token, Wording allowed)
    {
        var (english, chinese) = WordOf(token);
        return new(ErrorReasons.MalformedValue, new($"It is {english}", $"是{chinese}"), MustBe(allowed));
    }

    /// <summary>A text that is not of the form required.</summary>
    public static FieldFault WrongForm(Wording allowed) =>
        new(ErrorReasons.MalformedValue, new("It is a text of another form", "文本的形式不对"), MustBe(allowed));

    /// <summary>A text that is none.</summary>
    public static FieldFault NoText() =>
        new(ErrorReasons.MalformedValue, new("It is no Unicode text", "不是 Unicode 文本"), new("it must be one, without half characters", "必须是 Unicode 文本，不能有半个字符"));

    /// <summary>A number that is not whole, or too large.</summary>
    public static FieldFault NoWholeNumber(long least, long most) => new(
        ErrorReasons.MalformedValue,
        new("It is no whole number of its size", "不是该范围内的整数"),
        new(Invariant($"it must be one from {least} to {most}, without exponent or point"), Invariant($"必须为 {least} 到 {most} 的整数，不带指数或小数点")));

    /// <summary>A JSON name that is no value's.</summary>
    /// <param name="names">Those that there are.</param>
    public static FieldFault UnknownName(string names) =>
        new(ErrorReasons.UnknownValue, new("It is none of the contract's values", "不是契约中的值"), new($"it must be one of {names}", $"必须为以下之一：{names}"));

    private static Wording MustBe(Wording allowed) => new($"it must be {allowed.English}", $"必须是{allowed.Chinese}");

    private static Wording WordOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => new("an object", "对象"),
        JsonTokenType.StartArray => new("an array", "数组"),
        JsonTokenType.String => new("a text", "文本"),
        JsonTokenType.Number => new("a number", "数字"),
        JsonTokenType.Null => new("null", " null"),
        _ => new("true or false", " true 或 false"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
