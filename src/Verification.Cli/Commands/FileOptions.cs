using System.CommandLine;
using Verification.Cli.Input;
using Verification.Cli.Rounds;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>The options that ask about a file of numbers.</summary>
internal sealed class FileOptions
{
    private readonly Option<string> _file = new("--file")
    {
        Description = "Asks about all numbers of a file: one a line or, where it ends in .csv or a column is named, a table whose first row "
            + "names the columns. - is the standard input.",
        HelpName = "FILE",
    };
    private readonly Option<string> _out = new("--out")
    {
        Description = "With --file: where the verdicts go, a row for each row: a new file that ends in .csv or .ndjson.",
        HelpName = "FILE",
    };
    private readonly Option<string> _number = Column("--column", $"the permit numbers. Default: {ColumnNames.DefaultNumber}.");
    private readonly Option<string> _identity = Column("--id-column", "identity numbers, to be compared with the permits'. They stand nowhere in the output.");
    private readonly Option<string> _document = Column("--document-column", "the documents that they are of, as --document names them.");
    private readonly Option<string> _role = Column("--role-column", "who wants to benefit, as --role names them.");
    private readonly Option<string> _reference = Column("--reference-column", "your own case numbers, as --reference takes them.");
    private readonly Option<string> _encoding = new("--encoding")
    {
        Description = $"With --file: {string.Join(" or ", TextForm.Names)}. Default: the first that its bytes are text in.",
        HelpName = "NAME",
    };
    private readonly Option<bool> _mark = new("--bom") { Description = "With --file: begins a .csv with a byte-order mark, by which Excel knows UTF-8." };
    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "With --file: goes on with a round that has stopped, on the same date, revision and rulebook; begins it where none has.",
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [_file, _out, _number, _identity, _document, _role, _reference, _encoding, _mark, _resume];

    /// <summary>Whether a file is asked about.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetResult(_file) is not null;

    /// <summary>Whether a file is asked about.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetResult(_file) is not null;

    /// <summary>Whether a round is to go on.</summary>
    public bool IsResumed(ParseResult parse) => parse.GetValue(_resume);

    /// <summary>Refuses options of a file where there is none.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    public void ThrowIfAny(ParseResult parse)
    {
        if (All.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } given)
            throw new UsageException($"{given.Name} needs {_file.Name}");
    }

    /// <summary>What is asked about the file.</summary>
    /// <exception cref="UsageException">A value is wrong.</exception>
    public RoundSettings Read(ParseResult parse, RoundQuestion question)
    {
        var input = parse.Text(_file)!;
        var output = parse.Text(_out) ?? throw new UsageException($"{_file.Name} needs {_out.Name}");
        var encoding = parse.Text(_encoding);
        if (encoding is not null && !TextForm.Names.Contains(encoding, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"{_encoding.Name} must be one of: {string.Join(", ", TextForm.Names)}");
        var settings = new RoundSettings(input, output, ReadColumns(parse, input), encoding?.ToLowerInvariant(), parse.GetValue(_mark), question);
        if (!settings.IsNdjson && !output.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"{_out.Name} must end in .csv or .ndjson");
        return settings is { IsNdjson: true, WithMark: true } ? throw new UsageException($"{_mark.Name} is for .csv") : settings;
    }

    private static Option<string> Column(string name, string what) =>
        new(name) { Description = $"With --file: the column of {what}", HelpName = "NAME" };

    private ColumnNames? ReadColumns(ParseResult parse, string input)
    {
        var names = new ColumnNames(
            parse.Text(_number) ?? ColumnNames.DefaultNumber, parse.Text(_identity), parse.Text(_document), parse.Text(_role), parse.Text(_reference));
        var isTable = input.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            || new[] { _number, _identity, _document, _role, _reference }.Any(option => parse.GetResult(option) is not null);
        if (names is { Document: not null, Identity: null })
            throw new UsageException($"{_document.Name} needs {_identity.Name}");
        return isTable ? names : null;
    }
}
