using Grpc.Core;
using Verification.Cli.Import;
using Verification.Cli.Output;
using Verification.Cli.Rounds;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl verify --file</c>: one round over a file of numbers.</summary>
internal sealed class FileVerification(CommandContext context, RoundSettings settings)
{
    private readonly RoundNotes _notes = new(context.Errors);
    private readonly RoundFile _recordFile = new(settings.Output);

    /// <summary>Begins a round, or goes on with one.</summary>
    public async Task<int> RunAsync(bool isResumed, CancellationToken cancellationToken)
    {
        await using var input = await ImportFile.OpenAsync(settings.Input, context.Terminal.Input, TextForm.Expected, cancellationToken);
        var encoding = TextForm.Find(input.Content, settings.Encoding);
        var fresh = settings.NewRecord(input.Id, TextForm.NameOf(encoding));
        var record = isResumed ? FindRecord(fresh) : fresh;
        if (record.Complete)
        {
            _notes.WriteComplete();
            return Print(record);
        }
        if (record.Rows == 0 && record.OutputBytes == 0 && new FileInfo(settings.Output) is { Exists: true, Length: > 0 })
            throw new UsageException(Say("--out is there already; --resume goes on with a round that has stopped", "--out 指定的文件已存在；--resume 可继续中断的批次"));
        if (settings.Encoding is null && !encoding.Equals(TextForm.Default))
            _notes.WriteEncoding(record.InputEncoding);

        using var rows = settings.OpenRows(input.Content, encoding);
        var reader = new CheckReader(rows, settings.Question);
        reader.Skip(record.Rows);
        _recordFile.Write(record);
        using var output = settings.OpenOutput(_recordFile, record);
        var round = new Round(context.Client.Verification, new Backlog(reader), settings.Question, output, context.Terminal.Time);
        await RunAsync(round, output, settings.CountRows(input.Lines), cancellationToken);
        return Print(output.Record);
    }

    private async Task RunAsync(Round round, RoundOutput output, long total, CancellationToken cancellationToken)
    {
        var time = context.Terminal.Time;
        using var limit = context.Timeout is { } timeout ? new CancellationTokenSource(timeout, time) : new();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var speed = new Speed(output.Rows, total, time);
        try
        {
            await context.CreateProgress(total, Say("rows", "行")).ShowAsync(report =>
                round.RunAsync(done => report(done, speed.Of(done)), stop.Token));
        }
        catch (Exception cause) when (cause is RpcException or RoundException or OperationCanceledException)
        {
            _notes.WriteStop(output.Rows, cause, time.GetUtcNow());
            if (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                throw new RpcException(new Status(StatusCode.DeadlineExceeded, Say("The time that --timeout gives is over.", "--timeout 给出的时间已到。")));
            throw;
        }
    }

    /// <summary>The record of the round to go on with; a new one where none has begun.</summary>
    private RoundRecord FindRecord(RoundRecord fresh)
    {
        if (_recordFile.Read() is not { } record)
            return fresh;
        if (record.InputSha256 != fresh.InputSha256)
            throw new UsageException(Say("--resume needs the input that the round began with; this one is another", "--resume 需要该批次开始时的输入文件，当前文件不同"));
        return record.Options == fresh.Options
            ? record
            : throw new UsageException(Say("--resume needs the options that the round began with", "--resume 需要该批次开始时的选项"));
    }

    private int Print(RoundRecord record)
    {
        if (context.Json)
            context.Terminal.Output.WriteLine(RoundFile.ToLine(record));
        else
            RoundView.Write(context.Terminal.CreateOutputConsole(), record);
        return record.Errors.Count > 0 ? ExitCode.Rejects : ExitCode.Answered;
    }
}
