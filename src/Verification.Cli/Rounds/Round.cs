using Grpc.Core;
using Permits.Verification.V1;
using Verification.Client;

namespace Verification.Cli.Rounds;

/// <summary>
/// One run over all rows: asks in batches, several under way, and writes the answers in order. Until the first answer has fixed the date,
/// the revision and the rulebook, one batch is under way.
/// </summary>
internal sealed class Round(
    VerificationService.VerificationServiceClient service, Backlog backlog, RoundQuestion question, RoundOutput output, TimeProvider time)
{
    private const int BatchesUnderWay = 8;

    // What a killed process had answered since is asked again.
    private static readonly TimeSpan KeepInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);

    private readonly Patience _patience = new();
    private long _kept = time.GetTimestamp();
    private long _reported;
    private bool _isTooFast;

    /// <summary>Asks on to the last row. What was done by then is kept, however it ends.</summary>
    /// <param name="report">Told the rows done, now and again.</param>
    /// <param name="cancellationToken">Ends the run, which can go on later.</param>
    /// <exception cref="RpcException">The service refused or could not tell, longer than a run waits.</exception>
    /// <exception cref="RoundException">The round cannot go on.</exception>
    public async Task RunAsync(Action<long> report, CancellationToken cancellationToken)
    {
        output.Keep();
        try
        {
            while (backlog.Fill(1))
                await TryAskAsync(report, cancellationToken);
            output.Keep(isComplete: true);
        }
        catch (Exception stop) when (stop is RpcException or RoundException or OperationCanceledException)
        {
            // Not after a row that could not be written: what is half written is no row.
            output.Keep();
            throw;
        }
    }

    private async Task TryAskAsync(Action<long> report, CancellationToken cancellationToken)
    {
        try
        {
            backlog.Rewind();
            await new RoundCall(service, backlog, RequestOf, items => Take(items, report)) { Width = Width }.RunAsync(cancellationToken);
        }
        catch (RpcException failure) when (!cancellationToken.IsCancellationRequested)
        {
            var fault = VerificationFault.From(failure);
            // Who is too fast gains nothing from batches ahead: they would all be refused.
            _isTooFast |= Patience.IsTooFast(fault);
            if (_patience.WaitAfter(fault) is not { } pause)
                throw;
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private int Width() => _isTooFast || output.Basis is null ? 1 : BatchesUnderWay;

    private StreamVerifyPermitsRequest RequestOf(RowBatch batch)
    {
        var asked = new BatchVerifyPermitsRequest { RulebookVersion = question.Rulebook ?? "" };
        if ((output.Basis?.Revision ?? question.KnownAt) is { } revision)
            asked.KnownAtRevision = revision;
        var date = output.Basis?.Date ?? question.AsOf;
        foreach (ref readonly var row in batch.Rows.Span)
        {
            if (row.Check is not { } check)
                continue;
            check.AsOf = date;
            asked.Checks.Add(check);
        }
        return new StreamVerifyPermitsRequest { Sequence = batch.First, Batch = asked };
    }

    /// <summary>Writes the rows of the batch at the head, up to the first that nobody could tell.</summary>
    private void Take(IReadOnlyList<BatchItem> items, Action<long> report)
    {
        var batch = backlog.Head;
        var (done, next) = (0, 0);
        try
        {
            foreach (ref readonly var row in batch.Rows.Span)
            {
                if (row.Check is { } check)
                    output.Write(check, items[next++]);
                else
                    output.Write(row.Fault!);
                done++;
            }
            backlog.DropHead();
        }
        finally
        {
            batch.Drop(done);
            if (done > 0)
                _patience.Refill();
        }
        if (time.GetElapsedTime(_kept) >= KeepInterval)
        {
            output.Keep();
            _kept = time.GetTimestamp();
        }
        if (time.GetElapsedTime(_reported) >= ReportInterval)
        {
            report(output.Rows);
            _reported = time.GetTimestamp();
        }
    }
}
