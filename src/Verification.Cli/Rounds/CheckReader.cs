using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Rounds;

/// <summary>Makes checks of the input's rows, in batches.</summary>
internal sealed class CheckReader(IRows rows, RoundQuestion question)
{
    private long _row;

    /// <summary>Passes over rows that an earlier run has done.</summary>
    /// <exception cref="RoundException">There are not so many.</exception>
    public void Skip(long count)
    {
        for (; _row < count; _row++)
        {
            if (!rows.MoveNext())
                throw new RoundException(Say("the input has fewer rows than are done", "输入文件的行数少于已完成的行数"));
        }
    }

    /// <summary>The next rows, up to a batch; null when there are none.</summary>
    public RowBatch? Read()
    {
        var first = _row + 1;
        var batch = new RoundRow[RowBatch.Most];
        var count = 0;
        while (count < batch.Length && rows.MoveNext())
            batch[count++] = ReadRow();
        _row += count;
        return count == 0 ? null : new RowBatch(first, batch.AsMemory(0, count));
    }

    private RoundRow ReadRow()
    {
        var number = Clean(rows[Field.Number]);
        var identity = Clean(rows[Field.Identity]);
        var reference = Clean(rows[Field.Reference]);
        if (FaultOf(number, identity, reference) is { } fault)
            return new(null, fault);
        if (!TryRead<SubjectRole>(Field.Role, out var role))
            return new(null, RowFault.UnknownRole);
        if (!TryRead<IdentityDocument>(Field.Document, out var document))
            return new(null, RowFault.UnknownDocument);
        var check = new VerifyPermitRequest { PermitNumber = number.ToString(), Through = question.Through, Reference = reference.ToString() };
        if (question.Entitlements.Count > 0)
            check.Entitlements.Add(question.Entitlements);
        if (role != default || !identity.IsEmpty)
            check.Subject = new Subject { Role = role, IdentityNumber = identity.ToString(), Document = document };
        return new(check, null);
    }

    private static RowFault? FaultOf(ReadOnlySpan<char> number, ReadOnlySpan<char> identity, ReadOnlySpan<char> reference) =>
        number.IsEmpty ? RowFault.NoNumber
        : number.Length > RowFault.LongestCell || identity.Length > RowFault.LongestCell || reference.Length > RowFault.LongestCell ? RowFault.TooLong
        : SpreadsheetNumber.Is(number) ? RowFault.NumberOfSpreadsheet
        : SpreadsheetNumber.Is(identity) ? RowFault.IdentityOfSpreadsheet
        : null;

    /// <summary>Without the space around it, and without the apostrophe that keeps a spreadsheet from taking it for a number.</summary>
    private static ReadOnlySpan<char> Clean(ReadOnlySpan<char> cell) => cell.Trim() is ['\'', .. var text] ? text.Trim() : cell.Trim();

    private bool TryRead<T>(Field field, out T value)
        where T : struct, Enum
    {
        value = default;
        var cell = Clean(rows[field]);
        return cell.IsEmpty || (cell.Length <= RowFault.LongestCell && Code<T>.TryParse(cell.ToString(), out value));
    }
}
