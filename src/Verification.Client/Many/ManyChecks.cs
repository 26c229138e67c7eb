using Grpc.Core;
using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>One run over a list of checks: sent in batches, answered in order, on as many streams as it takes.</summary>
internal sealed class ManyChecks : IAsyncDisposable
{
    private const string Name = "VerifyMany";

    private readonly VerificationService.VerificationServiceClient _service;
    private readonly VerifyManyOptions _options;
    private readonly PermitVerificationOptions _client;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _given;
    private readonly CheckSource _source;
    private readonly ManyPace _pace;
    private readonly RoundBasis? _basis;
    private ManyStream? _stream;
    private RpcException? _failure;

    public ManyChecks(
        VerificationService.VerificationServiceClient service, IAsyncEnumerable<PermitCheck> checks, VerifyManyOptions options,
        PermitVerificationOptions client, CancellationToken cancellationToken)
    {
        (_service, _options, _client, _given) = (service, options, client, cancellationToken);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _source = new CheckSource(checks, ManyPace.MostInBatch * ManyPace.MostUnderWay, _stop.Token);
        _pace = new ManyPace(client.LongestWait);
        _basis = options.OneRound ? new RoundBasis() : null;
    }

    /// <summary>The next outcomes; null when all checks have theirs.</summary>
    /// <exception cref="PermitVerificationException">The service refused, or could not tell for too long.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<IReadOnlyList<PermitOutcome>?> NextAsync()
    {
        while (true)
        {
            _given.ThrowIfCancellationRequested();
            await PauseAfterFailureAsync();
            await _source.FillAsync();
            if (_source.IsDone)
            {
                await EndAsync();
                return null;
            }
            if (_source.Kept.Count == 0)
                await _source.More!;
            else if (await StepAsync() is { Count: > 0 } outcomes)
                return outcomes;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_stream is not null)
            await _stream.DisposeAsync();
        await _source.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<IReadOnlyList<PermitOutcome>?> StepAsync()
    {
        try
        {
            _stream ??= new ManyStream(_service, _client.TimeProvider, _client.Deadline, _stop.Token);
            if (await _stream.TryReceiveAsync() is { } items)
                return Take(items);
            if (_stream.CanSend && _stream.UnderWay < UnderWay() && _stream.Unanswered < _source.Kept.Count)
                _stream.Send(BatchBehind(_stream.Unanswered));
            else
                await _stream.WaitAsync(_source.More);
        }
        catch (RpcException failure)
        {
            _given.ThrowIfCancellationRequested();
            _failure = failure;
        }
        return null;
    }

    private async Task EndAsync()
    {
        if (_stream is not null)
            await _stream.CompleteAsync();
    }

    /// <summary>Waits before the next stream, where the last one failed.</summary>
    private async Task PauseAfterFailureAsync()
    {
        if (_failure is not { } failure)
            return;
        _failure = null;
        await _stream!.DisposeAsync();
        _stream = null;
        var fault = VerificationFault.From(failure);
        await Task.Delay(_pace.PauseAfter(fault) ?? throw new PermitVerificationException(fault, failure), _client.TimeProvider, _given);
        Telemetry.Resumed(Name);
    }

    /// <summary>Until the first answer has settled what the round rests on, one batch is under way.</summary>
    private int UnderWay() => _basis is { Revision: null } ? 1 : _pace.UnderWay;

    private StreamVerifyPermitsRequest BatchBehind(int sent)
    {
        var batch = new BatchVerifyPermitsRequest { Freshness = _options.Freshness?.ToMessage(), RulebookVersion = _options.RulebookVersion ?? "" };
        if ((_basis?.Revision ?? _options.KnownAtRevision) is { } revision)
        {
            batch.KnownAtRevision = revision;
            // It was settled by an answer that was fresh enough.
            batch.Freshness = _basis is null ? batch.Freshness : null;
        }
        foreach (var check in _source.Kept.Skip(sent).Take(_pace.InBatch))
        {
            var message = check.ToMessage();
            message.AsOf ??= _basis?.Day?.ToMessage();
            batch.Checks.Add(message);
        }
        return new() { Sequence = _source.First + sent, Batch = batch };
    }

    /// <summary>Takes the answers to the oldest batch, up to the first that nobody could tell: from there on everything is asked again.</summary>
    private List<PermitOutcome> Take(IReadOnlyList<BatchItem> items)
    {
        var outcomes = new List<PermitOutcome>(items.Count);
        var faults = 0;
        foreach (var item in items)
        {
            var check = _source.Kept[outcomes.Count];
            var index = _source.First + outcomes.Count;
            if (item.Response is { } answer)
            {
                outcomes.Add(new(index, check, Read(check, answer)));
                continue;
            }
            var fault = VerificationFault.From(item.Error ?? throw AnswerCheck.Broken("it has neither a verdict nor an error"));
            if (fault.CouldNotTell && fault.Reason != VerificationReasons.GuessBudgetExhausted)
            {
                _failure = item.Error.ToRpcException();
                break;
            }
            faults++;
            outcomes.Add(new(index, check, fault));
        }
        _source.Drop(outcomes.Count);
        if (_failure is null)
            _pace.Completed();
        else if (outcomes.Count > 0)
            _pace.Progressed();
        Telemetry.Told(Name, outcomes.Count - faults, faults);
        return outcomes;
    }

    private PermitVerdict Read(PermitCheck check, VerifyPermitResponse answer)
    {
        var verdict = PermitVerdict.From(answer);
        AnswerCheck.ThrowIfForAnother(
            check with { Freshness = _options.Freshness, KnownAtRevision = _options.KnownAtRevision, RulebookVersion = _options.RulebookVersion }, verdict);
        _basis?.Add(check, verdict);
        return verdict;
    }
}
