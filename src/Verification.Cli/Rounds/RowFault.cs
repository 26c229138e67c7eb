using Verification.Cli.Input;
using Verification.Client;

namespace Verification.Cli.Rounds;

/// <summary>Why a row has no verdict.</summary>
/// <param name="Reason">For programs, as in <c>MALFORMED_PERMIT_NUMBER</c>: the service's, or one of those below.</param>
/// <param name="Message">For people. It holds nothing of the row.</param>
internal sealed record RowFault(string Reason, string Message)
{
    /// <summary>The longest cell that is sent; more is no number of anything, and would fill the message.</summary>
    public const int LongestCell = 64;

    public static RowFault NoNumber => new("FIELD_REQUIRED", Say("The row has no permit number.", "该行没有证件号码。"));

    public static RowFault NumberOfSpreadsheet => Spreadsheet(Say("permit number", "证件号码"));

    public static RowFault IdentityOfSpreadsheet => Spreadsheet(Say("identity number", "身份证件号码"));

    public static RowFault TooLong => new("TEXT_TOO_LONG", Say(
        FormattableString.Invariant($"A cell is longer than {LongestCell} characters."), FormattableString.Invariant($"单元格超过 {LongestCell} 个字符。")));

    public static RowFault UnknownRole => new("UNKNOWN_VALUE", Say("The role is none of those that there are.", "没有这种身份。"));

    public static RowFault UnknownDocument => new("UNKNOWN_VALUE", Say("The document is none of those that there are.", "没有这种身份证件。"));

    /// <summary>What the service says of a row; null where it says that nobody could tell, which is no word about the row.</summary>
    public static RowFault? Of(VerificationFault fault, string number, string? identity) => fault.CouldNotTell
        ? null
        : new(
            fault.Reason.Length > 0 ? fault.Reason : fault.StatusCode.ToString(),
            IdentityNumber.Hide(Printable.Of(string.Join(' ', Sentences(fault))), identity is null ? [number] : [number, identity]));

    private static IEnumerable<string> Sentences(VerificationFault fault) => fault.Violations.Count == 0
        ? [fault.Message]
        : fault.Violations.Select(violation => $"{violation.Field}: {violation.Description}");

    private static RowFault Spreadsheet(string what) =>
        new("SPREADSHEET_NUMBER", Say($"A spreadsheet has rounded the {what} (as in 1.2E+17): take it from its source as text.", $"电子表格已把{what}取整（如 1.2E+17）：请以文本形式从来源重新取得。"));
}
