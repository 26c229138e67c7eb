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
        Description = Say("The date the answer is for. Default: today in Beijing.", "所查日期。默认北京时间今天。"),
        HelpName = "YYYY-MM-DD",
    };
    private readonly Option<string> _through = new("--through")
    {
        Description = Say("The last day on which the permit must be valid; the answer says whether it is on every day until then.", "证件必须保持有效的最后一天；答复会说明到该日为止是否每天都有效。"),
        HelpName = "YYYY-MM-DD",
    };
    private readonly Option<string> _knownAt = new("--known-at")
    {
        Description = Say("Answer as the registry stood at this revision.", "按登记系统在此修订号时的状态答复。"),
        HelpName = "REVISION",
    };
    private readonly Option<string> _rulebook = RulebookOption.Create();
    private readonly SubjectOptions _subject = new();
    private readonly Option<bool> _exitCode = new("--exit-code")
    {
        Description = Say(
            "Tell the verdict by the exit code: 0 valid (throughout, on the person's permit, on its current card, where those were asked), 10 frozen, "
            + "11 expired, 12 cancelled, 13 not yet valid, 14 not found; where it is valid but not that person's 20, not the current card 21, no "
            + "identity on file to compare with 22. With --through the status of the first day not valid.",
            "用退出码表示结果：0 有效（如有要求：全程有效、人证相符、现行版次），10 冻结，11 过期，12 注销，13 尚未生效，14 查无此证；"
            + "证件有效但人证不符为 20，不是现行版次为 21，没有可供核对的身份为 22。使用 --through 时表示首个失效日的状态。"),
    };
    private readonly Option<string> _edition = new("--edition") { Description = Say("The edition that the card shows.", "证面上的版次。"), HelpName = "N" };
    private readonly Option<string[]> _entitlements = new Option<string[]>("--entitlement")
    {
        Description = Say("What to decide, as in home_purchase; may be repeated. Default: all that you may see.", "要判定的待遇，例如 home_purchase 购房；可重复。默认全部可查待遇。"),
        HelpName = "CODE",
        AllowMultipleArgumentsPerToken = true,
    }.Offering(Code<Entitlement>.Words);
    private readonly Option<string> _reference = new("--reference")
    {
        Description = Say("Your own case number, for the record of what was answered: 1 to 64 visible ASCII characters, no identity number.", "您自己的业务编号，记入答复记录：1 到 64 个可见 ASCII 字符，不得含身份证件号码。"),
        HelpName = "TEXT",
    };

    private VerifyCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var verify = new VerifyCommand();
        var command = new Command("verify", Say("Says whether a permit is valid on a date, and what it entitles to.", "查询证件在某日是否有效，可享受哪些待遇。"))
        {
            verify._number, verify._asOf, verify._through, verify._knownAt, verify._rulebook, verify._edition, verify._entitlements,
            verify._reference, verify._exitCode,
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
            result.AddError(Say($"Required argument '{_number.Name}' missing for command: '{result.Command.Name}'.", $"命令 {result.Command.Name} 缺少必需的参数 {_number.Name}。"));
    }

    private async Task<int> VerifyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = ToRequest(context.Parse);
        var answer = await context.Client.Verification.VerifyPermitAsync(request, cancellationToken: cancellationToken);
        if (request.Through is not null && answer.Verdict.Throughout is null)
            context.Errors.Warn(Say("the service is too old for --through: the answer is for its date alone", "服务版本过旧，不支持 --through：答复只针对所查日期"));
        var exitCode = context.Parse.GetValue(_exitCode) ? VerdictExitCode.Of(request, answer.Verdict) : ExitCode.Answered;
        if (context.Json)
        {
            JsonOutput.Write(context.Terminal.Output, answer);
            return exitCode;
        }
        var remedies = await FindRemediesAsync(context, answer, cancellationToken);
        VerdictView.Write(context.Terminal.CreateOutputConsole(), answer, remedies);
        return exitCode;
    }

    private RoundQuestion ToQuestion(ParseResult parse)
    {
        if (parse.GetValue(_number) is not null)
            throw new UsageException(Say($"{_number.Name} and --file exclude each other", $"{_number.Name} 与 --file 不能同时使用"));
        // What is one person's cannot be everybody's.
        if (_subject.All.Append(_edition).Append(_reference).Append(_exitCode).FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } one)
            throw new UsageException(Say($"{one.Name} is for one NUMBER; with --file it has a column, or there is none", $"{one.Name} 只用于单个 NUMBER；使用 --file 时由列给出，或不适用"));
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
            context.Errors.Note(Say("the rulebook could not be read, so what can be done is not shown", "无法读取规则，因此未显示处理办法"));
            return [];
        }
    }
}
