using System.CommandLine;
using Grpc.Core;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Rounds;
using Verification.Cli.Shell;
using Verification.Client;

namespace Verification.Cli.Commands;

/// <summary>Runs a command's action and turns what goes wrong into one message and an exit code.</summary>
internal sealed class CommandRunner(Terminal terminal, GlobalOptions options)
{
    /// <summary>Lets the action run when the command is called.</summary>
    public void Register(Command command, Func<CommandContext, CancellationToken, Task<int>> action) =>
        command.SetAction((parse, cancellationToken) => RunAsync(parse, action, cancellationToken));

    private async Task<int> RunAsync(
        ParseResult parse, Func<CommandContext, CancellationToken, Task<int>> action, CancellationToken cancellationToken)
    {
        var errors = new ErrorOutput(terminal.Error, IdentityOption.NumbersIn(parse));
        Uri? address = null;
        try
        {
            var clientOptions = options.Client(parse, terminal);
            address = clientOptions.Address;
            using var client = CreateClient(clientOptions);
            return await action(new(parse, terminal, client, options.Json(parse), options.Timeout(parse)), cancellationToken);
        }
        catch (Exception exception) when (exception is UsageException or RoundException)
        {
            errors.Write(exception.Message);
            return ExitCode.BadInput;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            errors.Write("interrupted");
            return ExitCode.CouldNotTell;
        }
        catch (RpcException exception)
        {
            var fault = VerificationFault.From(exception);
            errors.Write(fault, address!);
            return fault.CouldNotTell ? ExitCode.CouldNotTell : ExitCode.BadInput;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Write(exception.Message);
            return ExitCode.BadInput;
        }
    }

    private static PermitVerificationClient CreateClient(PermitVerificationOptions options)
    {
        try
        {
            return new PermitVerificationClient(options);
        }
        catch (ArgumentException)
        {
            // The address is checked before, so it is the key; its message never says what the key is.
            throw new UsageException($"--api-key (or {GlobalOptions.ApiKeyVariable}) must be visible ASCII characters");
        }
    }
}
