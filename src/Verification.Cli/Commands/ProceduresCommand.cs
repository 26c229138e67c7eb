using System.CommandLine;
using Permits.Registry.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl procedures</c>: what may be filed for a permit, by whom, where and with what.</summary>
internal static class ProceduresCommand
{
    public static Command Create(CommandRunner runner)
    {
        var number = PermitNumberArgument.Create();
        var asOf = new Option<string>("--as-of")
        {
            Description = "The date of filing. Default: today in Beijing.",
            HelpName = "YYYY-MM-DD",
        };
        var knownAt = new Option<string>("--known-at")
        {
            Description = "Answer as the registry stood at this revision.",
            HelpName = "REVISION",
        };
        var command = new Command("procedures", "Shows what may be filed for a permit on a date, by whom, where and with what papers.")
        {
            number, asOf, knownAt,
        };
        runner.Register(command, async (context, cancellationToken) =>
        {
            var request = new GetProceduresRequest { PermitNumber = context.Parse.Text(number), AsOf = context.Parse.Date(asOf) };
            if (context.Parse.Revision(knownAt) is { } revision)
                request.KnownAtRevision = revision;
            var answer = await context.Client.Registry.GetProceduresAsync(request, cancellationToken: cancellationToken);
            if (context.Json)
                JsonOutput.Write(context.Terminal.Output, answer);
            else
                ProceduresView.Write(context.Terminal.CreateOutputConsole(), answer);
            return ExitCode.Answered;
        });
        return command;
    }
}
