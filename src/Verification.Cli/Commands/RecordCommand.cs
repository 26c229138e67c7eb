using System.CommandLine;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Recording;
using Verification.Cli.Shell;
using Verification.Client;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl record</c>: records one event.</summary>
internal sealed class RecordCommand
{
    /// <summary>A date further ahead is more often a slip than meant: until it comes, the permit takes no other event.</summary>
    private const int DaysAhead = 30;

    private readonly RecordOptions _fields = new();
    private readonly Argument<string> _number = PermitNumberArgument.Create();
    private readonly Argument<string> _event = new Argument<string>("EVENT") { Description = Say($"What happened: {EventForm.Names}.", $"发生的事项：{EventForm.Names}。") }.Offering(EventForm.All);
    private readonly Option<string> _on = new("--on")
    {
        Description = Say("The date on which it takes effect. Default: today in Beijing; of annulled the target's date where that is later.", "生效日期。默认北京时间今天；annulled 的目标事项日期更晚时取该日期。"),
        HelpName = "DATE",
    };
    private readonly Option<string> _requestId = new("--request-id")
    {
        Description = Say("Names this request; sent again, it changes nothing. Default: a new one, printed.", "请求标识；重复发送不会重复登记。默认新生成并显示。"),
        HelpName = "ID",
    };
    private readonly Option<bool> _yes = new("--yes")
    {
        Description = Say($"Record a date more than {DaysAhead} days ahead without asking. Required where nobody can be asked.", $"登记 {DaysAhead} 天以后的日期时不再询问；无法询问时必须给出。"),
    };

    private RecordCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var record = new RecordCommand();
        var command = new Command("record", Say("Records one event of a permit.", "登记证件的一个事项。")) { record._number, record._event, record._on };
        foreach (var option in record._fields.All)
            command.Add(option);
        command.Add(record._requestId);
        command.Add(record._yes);
        runner.Register(command, record.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = ToRequest(context.Parse);
        var today = Dates.Today(context.Terminal.Time);
        var annulled = request.Event is { Annulled: not null, On: null }
            ? await AnnulmentTarget.FindAsync(context, request.Event, cancellationToken)
            : null;
        request.Event.On ??= AnnulmentTarget.DateOf(annulled, today);
        await ConfirmDateAsync(context, request.Event, today.ToDateOnly(), cancellationToken);
        var repeat = Say($"repeat it with --request-id {request.RequestId} --on {request.Event.On.ToText()}: it is not recorded twice", $"请用 --request-id {request.RequestId} --on {request.Event.On.ToText()} 重复执行，不会登记两次");
        // Before the call: whatever happens to it or to its answer, the request can be repeated.
        var isNamed = context.Parse.GetValue(_requestId) is not null;
        if (!isNamed)
            context.Errors.Note(Say($"if the answer is lost, {repeat}", $"如果没有收到答复，{repeat}"));
        RecordEventResponse answer;
        try
        {
            answer = await context.Client.Registry.RecordEventAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (isNamed && VerificationFault.From(exception).CouldNotTell)
        {
            // It may have been recorded all the same; the same request finds out and never records twice.
            context.Errors.Note(repeat);
            throw;
        }
        if (context.Json)
            JsonOutput.Write(context.Terminal.Output, answer, request.RequestId);
        else
            RecordView.Write(context.Terminal.CreateOutputConsole(), request, annulled, answer);
        return ExitCode.Answered;
    }

    private async Task ConfirmDateAsync(CommandContext context, PermitEvent recorded, DateOnly today, CancellationToken cancellationToken)
    {
        var on = recorded.On.ToDateOnly();
        // An annulment keeps no other event waiting.
        if (on <= today.AddDays(DaysAhead) || recorded.Annulled is not null || context.Parse.GetValue(_yes))
            return;
        await Confirmation.AskAsync(
            context.Terminal,
            Say($"a date more than {DaysAhead} days ahead", $"登记 {DaysAhead} 天以后的日期"),
            Say($"{recorded.On.ToText()} is {on.DayNumber - today.DayNumber} days ahead; until then the permit takes no other event. Record it?", $"{recorded.On.ToText()} 在 {on.DayNumber - today.DayNumber} 天之后；此前该证件不能登记其他事项。确定登记吗？"),
            cancellationToken);
    }

    private RecordEventRequest ToRequest(ParseResult parse)
    {
        var permit = new PermitEvent
        {
            PermitNumber = parse.Text(_number),
            On = parse.Date(_on),
        };
        EventForm.Fill(permit, parse.GetRequiredValue(_event), parse, _fields);
        return new RecordEventRequest { RequestId = parse.Text(_requestId) ?? Guid.NewGuid().ToString(), Event = permit };
    }
}
