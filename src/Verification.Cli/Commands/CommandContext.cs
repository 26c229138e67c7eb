using System.CommandLine;
using Verification.Cli.Shell;
using Verification.Client;

namespace Verification.Cli.Commands;

/// <summary>What one run of a command works with.</summary>
/// <param name="Parse">The command line.</param>
/// <param name="Terminal">What the command reads and writes.</param>
/// <param name="Client">The service.</param>
/// <param name="Json">Whether a program reads the answer.</param>
/// <param name="Timeout">The time that the command line allows; null where it is silent.</param>
internal sealed record CommandContext(
    ParseResult Parse, Terminal Terminal, PermitVerificationClient Client, bool Json, TimeSpan? Timeout)
{
    /// <summary>Ends what takes as long as it takes: when it is interrupted, and after the time that the command line allows.</summary>
    public CancellationTokenSource TimeLimit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Timeout is { } timeout)
            limit.CancelAfter(timeout);
        return limit;
    }
}
