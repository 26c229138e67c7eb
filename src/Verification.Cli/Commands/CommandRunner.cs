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
        var errors = ErrorOutput.Of(terminal.Error, options.Json(parse));
        CommandContext? context = null;
        try
        {
            options.ThrowIfOtherLanguage(parse);
            await IdentityOption.ReadAsync(parse, terminal, cancellationToken);
            errors.Hide(IdentityOption.NumbersIn(parse));
            context = new CommandContext(parse, terminal, errors, options);
            return await action(context, cancellationToken);
        }
        catch (Exception exception) when (exception is UsageException or RoundException)
        {
            errors.Write(exception.Message);
            return ExitCode.BadInput;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            errors.Write(Say("interrupted", "已中断"));
            return ExitCode.CouldNotTell;
        }
        catch (RpcException exception)
        {
            var fault = VerificationFault.From(exception);
            errors.Write(fault, context!.Connection.Address);
            return fault.CouldNotTell ? ExitCode.CouldNotTell : ExitCode.BadInput;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Write(exception.Message);
            return ExitCode.BadInput;
        }
        finally
        {
            context?.Dispose();
        }
    }
}
