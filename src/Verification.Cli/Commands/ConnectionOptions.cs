using System.CommandLine;
using Verification.Cli.Connecting;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>The options that say where the service is and what names the user to it.</summary>
internal sealed class ConnectionOptions
{
    public const string AddressVariable = "VERIFICATION_ADDRESS";
    public const string ApiKeyVariable = "VERIFICATION_API_KEY";
    public const string ContextVariable = "VERIFICATION_CONTEXT";

    private readonly Option<string> _address;
    private readonly Option<string> _apiKey;
    private readonly Option<string> _tokenFile;
    private readonly Option<string> _authority;
    private readonly Option<string> _certificate;
    private readonly Option<string> _key;

    public ConnectionOptions(bool isRecursive)
    {
        _address = Create("--address", "URL", Say(
            $"The service's gRPC address. Default: {AddressVariable}, the context in use, or else http://localhost:5081.",
            $"服务的 gRPC 地址。默认取 {AddressVariable}，其次取当前连接配置，否则为 http://localhost:5081。"));
        _apiKey = Create("--api-key", "KEY", Say(
            $"The key that names you to the service. Default: {ApiKeyVariable}, or that of the context in use.",
            $"向服务表明身份的密钥。默认取 {ApiKeyVariable}，或取当前连接配置中的密钥。"));
        _tokenFile = Create("--token-file", "FILE", Say(
            "A file with the token that names you, read again for every call.", "存放身份令牌的文件，每次调用时重新读取。"));
        _authority = Create("--ca", "FILE", Say(
            "The authorities that the service's certificate may be of, in PEM. Default: those of this machine.",
            "服务证书可信的签发机构（PEM）。默认取本机信任的机构。"));
        _certificate = Create("--cert", "FILE", Say("Your certificate, in PEM, by which the service knows you.", "您的证书（PEM），服务据此识别您。"));
        _key = Create("--key", "FILE", Say("The private key of --cert, in PEM. Default: it is in the same file.", "--cert 的私钥（PEM）。默认与证书在同一文件。"));

        Option<string> Create(string name, string value, string description) =>
            new(name) { Description = description, HelpName = value, Recursive = isRecursive };
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option<string>[])[_address, _apiKey, _tokenFile, _authority, _certificate, _key])
            command.Add(option);
    }

    /// <summary>
    /// Chooses among the command line, a named context, the environment and the context in use. An address and a credential come from one
    /// place: what is kept for one service is never sent to another. Only what the command line says goes with anything.
    /// </summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">The process.</param>
    /// <param name="named">The context that the command line names; null where it names none.</param>
    public Connection Choose(ParseResult parse, Terminal terminal, string? named)
    {
        var typed = Typed(parse);
        var place = typed.Address is not null && named is null ? FromEnvironment(terminal) : Find(terminal, named);
        var (apiKey, tokenFile, certificate) = (typed.ApiKey, typed.TokenFile, typed.CertificateFile);
        var isNamed = apiKey is not null || tokenFile is not null || certificate is not null;
        if (typed.Address is { } other && place.Context.Length > 0 && ToAddress(other) != place.Address)
            throw new UsageException(Say("--context and --address name two places", "--context 与 --address 指定了两个不同的地址"));
        return new Connection
        {
            Address = typed.Address is null ? place.Address : ToAddress(typed.Address),
            ApiKey = isNamed ? apiKey : place.ApiKey,
            TokenFile = isNamed ? tokenFile : place.TokenFile,
            CertificateFile = isNamed ? certificate : place.CertificateFile,
            KeyFile = isNamed ? typed.KeyFile : typed.KeyFile ?? place.KeyFile,
            AuthorityFile = typed.AuthorityFile ?? place.AuthorityFile,
            Context = place.Context,
        };
    }

    /// <summary>What the command line says, as a context keeps it; what it does not say is null.</summary>
    public StoredValues Typed(ParseResult parse) => new(
        parse.Text(_address), parse.Text(_apiKey), parse.Text(_tokenFile), parse.Text(_authority), parse.Text(_certificate), parse.Text(_key));

    /// <summary>Reads an address.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static Uri ToAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw new UsageException(Say(
                $"--address (or {AddressVariable}) must be a URL as in http://localhost:5081",
                $"--address（或 {AddressVariable}）必须是 URL，例如 http://localhost:5081"));

    private static Connection Find(Terminal terminal, string? named)
    {
        if ((named ?? Variable(terminal, ContextVariable)) is { } name)
            return FromContext(name, new ContextFile(terminal.ConfigFolder).Read());
        if ((Variable(terminal, AddressVariable) ?? Variable(terminal, ApiKeyVariable)) is not null)
            return FromEnvironment(terminal);
        var contexts = new ContextFile(terminal.ConfigFolder).Read();
        return contexts.Current is { } current ? FromContext(current, contexts) : new Connection();
    }

    private static Connection FromEnvironment(Terminal terminal) => new()
    {
        Address = Variable(terminal, AddressVariable) is { } address ? ToAddress(address) : new Connection().Address,
        ApiKey = Variable(terminal, ApiKeyVariable),
    };

    private static Connection FromContext(string name, Contexts contexts) => contexts.All.TryGetValue(name, out var context)
        ? new Connection
        {
            Address = ToAddress(context.Address),
            ApiKey = context.ApiKey,
            TokenFile = context.TokenFile,
            AuthorityFile = context.AuthorityFile,
            CertificateFile = context.CertificateFile,
            KeyFile = context.KeyFile,
            Context = name,
        }
        : throw new UsageException(Say(
            "there is no context of this name; 'permitctl context list' shows those that there are", "没有这个名称的连接配置；permitctl context list 列出现有配置"));

    private static string? Variable(Terminal terminal, string name) =>
        terminal.Variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>What a command line says of a connection.</summary>
    internal sealed record StoredValues(
        string? Address, string? ApiKey, string? TokenFile, string? AuthorityFile, string? CertificateFile, string? KeyFile)
    {
        // A record's text form would show the key.
        public override string ToString() => nameof(StoredValues);
    }
}
