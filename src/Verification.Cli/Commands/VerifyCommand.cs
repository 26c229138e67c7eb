using System.CommandLine;
using System.CommandLine.Parsing;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Rounds;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl verify</c>: is a permit valid on a date, and what does it entitle to?</summary>
internal sealed class VerifyCommand
{
    private readonly Argument<string> _number = PermitNumberArgument.Create();
    private readonly FileOptions _file = new();
    private readonly Option<string> _asOf = new("--as-of")
    {
        Description = "The date the answer is for. Default: today in Beijing.",
        HelpName = "YYYY-MM-DD",
    };
    private readonly Option<string> _through = new("--through")
    {
        Description = "The last day on which the permit must be valid; the answer says whether it is on every day until then.",
        HelpName = "YYYY-MM-DD",
    };
    private readonly Option<string> _knownAt = new("--known-at")
    {
        Description = "Answer as the registry stood at this revision.",
        HelpName = "REVISION",
    };
    private readonly Option<string> _rulebook = RulebookOption.Create();
    private readonly SubjectOptions _subject = new();
    private readonly Option<string> _edition = new("--edition") { Description = "The edition that the card shows.", HelpName = "N" };
    private readonly Option<string[]> _entitlements = new("--entitlement")
    {
        Description = "What to decide, as in home_purchase; may be repeated. Default: all that you may see.",
        HelpName = "CODE",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string> _reference = new("--reference")
    {
        Description = "Your own case number, for the record of what was answered: 1 to 64 visible ASCII characters, no identity number.",
        HelpName = "TEXT",
    };

    private VerifyCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var verify = new VerifyCommand();
        var command = new Command("verify", "Says whether a permit is valid on a date, and what it entitles to.")
        {
            verify._number, verify._asOf, verify._through, verify._knownAt, verify._rulebook, verify._edition, verify._entitlements,
            verify._reference,
        };
        verify._subject.AddTo(command);
        foreach (var option in verify._file.All)
            command.Add(option);
        verify._number.Arity = ArgumentArity.ZeroOrOne;
        command.Validators.Add(verify.CheckWhatIsAsked);
        runner.Register(command, verify.RunAsync);
        return command;
    }

    private Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!_file.IsGiven(context.Parse))
        {
            _file.ThrowIfAny(context.Parse);
            return VerifyAsync(context, cancellationToken);
        }
        var settings = _file.Read(context.Parse, ToQuestion(context.Parse));
        return new FileVerification(context, settings).RunAsync(_file.IsResumed(context.Parse), cancellationToken);
    }

    /// <summary>One number or a file of them; to the parser both may be missing.</summary>
    private void CheckWhatIsAsked(CommandResult result)
    {
        if (!_file.IsGiven(result) && result.GetResult(_number) is null or { Tokens.Count: 0 })
            result.AddError($"Required argument '{_number.Name}' missing for command: '{result.Command.Name}'.");
    }

    private async Task<int> VerifyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = ToRequest(context.Parse);
        var answer = await context.Client.Verification.VerifyPermitAsync(request, cancellationToken: cancellationToken);
        if (request.Through is not null && answer.Verdict.Throughout is null)
            new ErrorOutput(context.Terminal.Error).Warn("the service is too old for --through: the answer is for its date alone");
        if (context.Json)
        {
            JsonOutput.Write(context.Terminal.Output, answer);
            return ExitCode.Answered;
        }
        var remedies = await FindRemediesAsync(context, answer, cancellationToken);
        VerdictView.Write(context.Terminal.CreateOutputConsole(), answer, remedies);
        return ExitCode.Answered;
    }

    private RoundQuestion ToQuestion(ParseResult parse)
    {
        if (parse.GetValue(_number) is not null)
            throw new UsageException($"{_number.Name} and --file exclude each other");
        // What is one person's cannot be everybody's.
        if (_subject.All.Append(_edition).Append(_reference).FirstOrDefault(option => parse.GetResult(option) is not null) is { } one)
            throw new UsageException($"{one.Name} is for one NUMBER; with --file it has a column, or there is none");
        return new([.. parse.Words<Entitlement>(_entitlements)], parse.Date(_asOf), parse.Date(_through), parse.Revision(_knownAt), parse.Text(_rulebook));
    }

    private VerifyPermitRequest ToRequest(ParseResult parse)
    {
        var request = new VerifyPermitRequest
        {
            PermitNumber = parse.Text(_number),
            AsOf = parse.Date(_asOf),
            Through = parse.Date(_through),
            RulebookVersion = parse.Text(_rulebook) ?? "",
            Reference = parse.Text(_reference) ?? "",
            Subject = _subject.Read(parse),
        };
        if (parse.Revision(_knownAt) is { } revision)
            request.KnownAtRevision = revision;
        if (parse.Edition(_edition) is { } edition)
            request.CardEdition = edition;
        request.Entitlements.AddRange(parse.Words<Entitlement>(_entitlements));
        return request;
    }

    /// <summary>Looks up what can be done. The verdict is the answer: without the remedies it is still printed.</summary>
    private static async Task<IReadOnlyList<Remedy>> FindRemediesAsync(
        CommandContext context, VerifyPermitResponse answer, CancellationToken cancellationToken)
    {
        if (answer.Verdict.Reasons.Count == 0)
            return [];
        try
        {
            var request = new GetRulebookRequest { Version = answer.Provenance?.RulebookVersion ?? "" };
            var response = await context.Client.Verification.GetRulebookAsync(request, cancellationToken: cancellationToken);
            return Remedies.For(answer.Verdict, response.Rulebook);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            new ErrorOutput(context.Terminal.Error).Note("the rulebook could not be read, so what can be done is not shown");
            return [];
        }
    }
}
