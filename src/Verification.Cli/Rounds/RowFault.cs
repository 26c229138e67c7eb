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

    public static RowFault NoNumber { get; } = new("FIELD_REQUIRED", "The row has no permit number.");

    public static RowFault NumberOfSpreadsheet { get; } = Spreadsheet("permit number");

    public static RowFault IdentityOfSpreadsheet { get; } = Spreadsheet("identity number");

    public static RowFault TooLong { get; } = new("TEXT_TOO_LONG", FormattableString.Invariant($"A cell is longer than {LongestCell} characters."));

    public static RowFault UnknownRole { get; } = new("UNKNOWN_VALUE", "The role is none of those that there are.");

    public static RowFault UnknownDocument { get; } = new("UNKNOWN_VALUE", "The document is none of those that there are.");

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
        new("SPREADSHEET_NUMBER", $"A spreadsheet has rounded the {what} (as in 1.2E+17): take it from its source as text.");
}
