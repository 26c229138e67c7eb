using System.CommandLine;
using System.Globalization;
using Verification.Cli.Connecting;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>The options that every command has: how to answer, and how long it may take.</summary>
internal sealed class GlobalOptions
{
    private const double MostSeconds = 3600;

    private readonly Option<bool> _json = new("--json")
    {
        Description = Say(
            "Print one JSON object instead of text, and errors and notes as JSON lines on the error stream.",
            "输出一个 JSON 对象而不是文字；错误和提示以 JSON 行写到错误输出。"),
        Recursive = true,
    };

    private readonly Option<string> _language = new Option<string>(Languages.Option)
    {
        Description = Say("en or zh: the language of text. Default: the terminal's locale.", "en 或 zh：文字的语言。默认取终端的区域设置。"),
        HelpName = "LANG",
        Recursive = true,
    }.Offering(Languages.Words);

    private readonly Option<string> _timeout = new("--timeout")
    {
        Description = Say(
            "How many seconds a call may take. Default: 10; none for import, verify --file, audit show and audit replay.",
            "一次调用最多等待的秒数。默认 10；import、verify --file、audit show 和 audit replay 不限。"),
        HelpName = "SECONDS",
        Recursive = true,
    };

    private readonly ConnectionOptions _connection = new(isRecursive: true);

    private readonly Option<string> _context = new("--context")
    {
        Description = Say(
            $"The context to use; see 'permitctl context'. Default: {ConnectionOptions.ContextVariable}, or else the one in use.",
            $"使用的连接配置，见 permitctl context。默认取 {ConnectionOptions.ContextVariable}，否则取当前配置。"),
        HelpName = "NAME",
        Recursive = true,
    };

    public void AddTo(RootCommand root)
    {
        root.Add(_json);
        root.Add(_language);
        root.Add(_context);
        _connection.AddTo(root);
        root.Add(_timeout);
    }

    public bool Json(ParseResult parse) => parse.GetValue(_json);

    /// <summary>Refuses a language that there is not.</summary>
    public void ThrowIfOtherLanguage(ParseResult parse)
    {
        if (parse.Text(_language) is { } text && !Languages.Words.Contains(text))
            throw new UsageException(OptionValues.OneOf(_language.Name, Languages.Words));
    }

    public TimeSpan? Timeout(ParseResult parse)
    {
        if (parse.Text(_timeout) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException(Say(
                "--timeout must be a number of seconds above 0, at most 3600", "--timeout 必须是大于 0 且不超过 3600 的秒数"));
    }

    /// <summary>Where the service is, and what names the user to it.</summary>
    public Connection Connect(ParseResult parse, Terminal terminal) => _connection.Choose(parse, terminal, parse.Text(_context));
}
