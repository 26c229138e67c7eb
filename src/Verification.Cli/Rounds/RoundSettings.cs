using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Rounds;

/// <summary>What the command line says of a round.</summary>
/// <param name="Input">The file of numbers; <c>-</c> is the standard input.</param>
/// <param name="Output">The file of verdicts.</param>
/// <param name="Columns">The columns of a table; null where the input is a list.</param>
/// <param name="Encoding">The input's encoding; null where its bytes tell.</param>
/// <param name="WithMark">Whether the output begins with a byte-order mark.</param>
/// <param name="Question">What is asked about all rows.</param>
internal sealed record RoundSettings(
    string Input, string Output, ColumnNames? Columns, string? Encoding, bool WithMark, RoundQuestion Question)
{
    /// <summary>Whether the output is NDJSON, otherwise CSV.</summary>
    public bool IsNdjson => Output.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// SHA-256 of all that the output depends on, in hexadecimal; a digest, as no file holds what somebody may have typed. The rulebook is
    /// not in it: who may name one can go on under the one that the round began with.
    /// </summary>
    public string Digest(string encoding) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join(
        '\n',
        IsNdjson ? "ndjson" : "csv",
        WithMark,
        encoding,
        Columns,
        string.Join(' ', Question.Entitlements.Select(Code<Entitlement>.Name)),
        Question.AsOf?.ToText(),
        Question.Through?.ToText(),
        Question.KnownAt?.ToString(CultureInfo.InvariantCulture)))));

    /// <summary>The record of a round that has done nothing yet.</summary>
    public RoundRecord NewRecord(string inputSha256, string encoding) => new()
    {
        InputSha256 = inputSha256,
        InputEncoding = encoding,
        Through = Question.Through?.ToDateOnly(),
        OutputSha256 = Convert.ToHexStringLower(SHA256.HashData([])),
        Options = Digest(encoding),
    };

    /// <summary>How many rows so many lines are, unless cells have line ends in them.</summary>
    public long CountRows(long lines) => Columns is null ? lines : Math.Max(0, lines - 1);

    /// <summary>Opens the rows of the input.</summary>
    public IRows OpenRows(Stream content, Encoding encoding)
    {
        var text = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        return Columns is null ? new ListRows(text) : new TableRows(text, Columns);
    }

    /// <summary>Opens the output where a record says that it stands.</summary>
    public RoundOutput OpenOutput(RoundFile recordFile, RoundRecord record)
    {
        var file = OutputFile.Open(Output, record.OutputBytes, record.OutputSha256);
        IVerdictWriter writer = IsNdjson ? new NdjsonVerdicts(file) : new CsvVerdicts(file, Question.Entitlements, WithMark);
        return new RoundOutput(file, writer, recordFile, record);
    }
}
