using Permits.Verification.V1;

namespace Verification.Cli.Rounds;

/// <summary>Writes the output, a row for each row of the input.</summary>
internal interface IVerdictWriter : IDisposable
{
    /// <summary>Writes a verdict.</summary>
    /// <param name="row">The row's number.</param>
    /// <param name="reference">Its case number; empty where it has none.</param>
    /// <param name="verdict">What was answered.</param>
    void Write(long row, string reference, Verdict verdict);

    /// <summary>Writes why a row has none.</summary>
    void Write(long row, RowFault fault);

    /// <summary>Hands all that is written to the file.</summary>
    void Flush();
}
