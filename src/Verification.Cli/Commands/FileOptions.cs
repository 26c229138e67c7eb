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
        Description = Say("Asks about all numbers of a file: one a line or, where it ends in .csv or a column is named, a table whose first row "
            + "names the columns. - is the standard input.", "查询文件中的全部号码：每行一个；以 .csv 结尾或指定了列名时为表格，首行是列名。- 表示标准输入。"),
        HelpName = "FILE",
    };
    private readonly Option<string> _out = new("--out")
    {
        Description = Say("With --file: where the verdicts go, a row for each row: a new file that ends in .csv or .ndjson.", "与 --file 合用：结果写入的新文件，逐行对应，以 .csv 或 .ndjson 结尾。"),
        HelpName = "FILE",
    };
    private readonly Option<string> _number = Column("--column", Say($"the permit numbers. Default: {ColumnNames.DefaultNumber}.", $"证件号码。默认 {ColumnNames.DefaultNumber}。"));
    private readonly Option<string> _identity = Column("--id-column", Say("identity numbers, to be compared with the permits'. They stand nowhere in the output.", "身份证件号码，用于与证件核对；不会出现在输出中。"));
    private readonly Option<string> _document = Column("--document-column", Say("the documents that they are of, as --document names them.", "身份证件种类，写法同 --document。"));
    private readonly Option<string> _role = Column("--role-column", Say("who wants to benefit, as --role names them.", "受益人身份，写法同 --role。"));
    private readonly Option<string> _reference = Column("--reference-column", Say("your own case numbers, as --reference takes them.", "您自己的业务编号，要求同 --reference。"));
    private readonly Option<string> _encoding = new Option<string>("--encoding")
    {
        Description = Say($"With --file: {string.Join(" or ", TextForm.Names)}. Default: the first that its bytes are text in.", $"与 --file 合用：{string.Join(" 或 ", TextForm.Names)}。默认按文件内容判断。"),
        HelpName = "NAME",
    }.Offering(TextForm.Names);
    private readonly Option<bool> _mark = new("--bom") { Description = Say("With --file: begins a .csv with a byte-order mark, by which Excel knows UTF-8.", "与 --file 合用：.csv 以字节顺序标记开头，便于 Excel 识别 UTF-8。") };
    private readonly Option<bool> _resume = new("--resume")
    {
        Description = Say("With --file: goes on with a round that has stopped, on the same date, revision and rulebook; begins it where none has.", "与 --file 合用：以相同的日期、修订号和规则继续中断的批次；没有则从头开始。"),
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
            throw new UsageException(Say($"{given.Name} needs {_file.Name}", $"{given.Name} 需要同时给出 {_file.Name}"));
    }

    /// <summary>What is asked about the file.</summary>
    /// <exception cref="UsageException">A value is wrong.</exception>
    public RoundSettings Read(ParseResult parse, RoundQuestion question)
    {
        var input = parse.Text(_file)!;
        var output = parse.Text(_out) ?? throw new UsageException(Say($"{_file.Name} needs {_out.Name}", $"{_file.Name} 需要同时给出 {_out.Name}"));
        var encoding = parse.Text(_encoding);
        if (encoding is not null && !TextForm.Names.Contains(encoding, StringComparer.OrdinalIgnoreCase))
            throw new UsageException(Say($"{_encoding.Name} must be one of: {string.Join(", ", TextForm.Names)}", $"{_encoding.Name} 必须是下列之一：{string.Join(", ", TextForm.Names)}"));
        var settings = new RoundSettings(input, output, ReadColumns(parse, input), encoding?.ToLowerInvariant(), parse.GetValue(_mark), question);
        if (!settings.IsNdjson && !output.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            throw new UsageException(Say($"{_out.Name} must end in .csv or .ndjson", $"{_out.Name} 必须以 .csv 或 .ndjson 结尾"));
        return settings is { IsNdjson: true, WithMark: true } ? throw new UsageException(Say($"{_mark.Name} is for .csv", $"{_mark.Name} 只用于 .csv")) : settings;
    }

    private static Option<string> Column(string name, string what) =>
        new(name) { Description = Say($"With --file: the column of {what}", $"与 --file 合用：列名，内容为{what}"), HelpName = "NAME" };

    private ColumnNames? ReadColumns(ParseResult parse, string input)
    {
        var names = new ColumnNames(
            parse.Text(_number) ?? ColumnNames.DefaultNumber, parse.Text(_identity), parse.Text(_document), parse.Text(_role), parse.Text(_reference));
        var isTable = input.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            || new[] { _number, _identity, _document, _role, _reference }.Any(option => parse.GetResult(option) is not null);
        if (names is { Document: not null, Identity: null })
            throw new UsageException(Say($"{_document.Name} needs {_identity.Name}", $"{_document.Name} 需要同时给出 {_identity.Name}"));
        return isTable ? names : null;
    }
}
