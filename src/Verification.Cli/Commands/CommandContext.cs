using System.CommandLine;
using Verification.Cli.Connecting;
using Verification.Cli.Output;
using Verification.Cli.Shell;
using Verification.Client;

namespace Verification.Cli.Commands;

/// <summary>What one run of a command works with.</summary>
/// <param name="parse">The command line.</param>
/// <param name="terminal">What the command reads and writes.</param>
/// <param name="errors">What it says besides its answer.</param>
/// <param name="options">The options that every command has.</param>
internal sealed class CommandContext(ParseResult parse, Terminal terminal, ErrorOutput errors, GlobalOptions options) : IDisposable
{
    private Connection? _connection;
    private PermitVerificationClient? _client;

    public ParseResult Parse => parse;

    public Terminal Terminal => terminal;

    public ErrorOutput Errors => errors;

    /// <summary>Whether a program reads the answer.</summary>
    public bool Json { get; } = options.Json(parse);

    /// <summary>The time that the command line allows; null where it is silent.</summary>
    public TimeSpan? Timeout { get; } = options.Timeout(parse);

    /// <summary>Where the service is, and what names the user to it: looked for by the commands that ask it.</summary>
    public Connection Connection => _connection ??= options.Connect(parse, terminal);

    /// <summary>The service.</summary>
    public PermitVerificationClient Client => _client ??= CreateClient();

    /// <summary>For whoever waits.</summary>
    /// <param name="total">How much there is to do.</param>
    /// <param name="unit">Of what, as in <c>lines</c>.</param>
    public IProgressDisplay CreateProgress(long total, string unit) => terminal.CreateProgress(total, unit, Json);

    /// <summary>Ends what takes as long as it takes: when it is interrupted, and after the time that the command line allows.</summary>
    public CancellationTokenSource TimeLimit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Timeout is { } timeout)
            limit.CancelAfter(timeout);
        return limit;
    }

    public void Dispose() => _client?.Dispose();

    private PermitVerificationClient CreateClient()
    {
        var clientOptions = Connection.ToOptions(Timeout ?? new PermitVerificationOptions().Deadline);
        try
        {
            return new PermitVerificationClient(clientOptions);
        }
        catch (ArgumentException)
        {
            // The address is checked before, so it is the key; its message never says what the key is.
            throw new UsageException(Say(
                $"--api-key (or {ConnectionOptions.ApiKeyVariable}) must be visible ASCII characters",
                $"--api-key（或 {ConnectionOptions.ApiKeyVariable}）只能含可见的 ASCII 字符"));
        }
    }
}
