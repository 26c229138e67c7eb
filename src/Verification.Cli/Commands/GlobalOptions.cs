using System.CommandLine;
using System.Globalization;
using Verification.Cli.Input;
using Verification.Cli.Shell;
using Verification.Client;

namespace Verification.Cli.Commands;

/// <summary>The options that every command has: where the service is, and how to answer.</summary>
internal sealed class GlobalOptions
{
    public const string AddressVariable = "VERIFICATION_ADDRESS";
    public const string ApiKeyVariable = "VERIFICATION_API_KEY";

    private const double MostSeconds = 3600;

    private readonly Option<string> _address = new("--address")
    {
        Description = $"The service's gRPC address. Default: {AddressVariable}, or else http://localhost:5081.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string> _apiKey = new("--api-key")
    {
        Description = $"The key that names you to the service. Default: {ApiKeyVariable}.",
        HelpName = "KEY",
        Recursive = true,
    };

    private readonly Option<string> _timeout = new("--timeout")
    {
        Description = "How many seconds a call may take. Default: 10; none for import, verify --file, audit show and audit replay.",
        HelpName = "SECONDS",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object instead of text.",
        Recursive = true,
    };

    public void AddTo(RootCommand root)
    {
        root.Add(_json);
        root.Add(_address);
        root.Add(_apiKey);
        root.Add(_timeout);
    }

    public bool Json(ParseResult parse) => parse.GetValue(_json);

    public TimeSpan? Timeout(ParseResult parse)
    {
        if (parse.Text(_timeout) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException("--timeout must be a number of seconds above 0, at most 3600");
    }

    public PermitVerificationOptions Client(ParseResult parse, Terminal terminal)
    {
        var defaults = new PermitVerificationOptions();
        var address = parse.Text(_address) ?? Variable(terminal, AddressVariable);
        return new PermitVerificationOptions
        {
            Address = address is null ? defaults.Address : ToAddress(address),
            ApiKey = parse.Text(_apiKey) ?? Variable(terminal, ApiKeyVariable),
            Deadline = Timeout(parse) ?? defaults.Deadline,
        };
    }

    private static string? Variable(Terminal terminal, string name) =>
        terminal.Variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static Uri ToAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw new UsageException($"--address (or {AddressVariable}) must be a URL as in http://localhost:5081");
}
