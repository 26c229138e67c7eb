using System.Buffers;
using Grpc.Core;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Codes;
using Verification.Server.Access;
using Verification.Server.Auditing;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Verification.Server.Telemetry;
using Contract = Permits.Verification.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks.Batches;

/// <summary>
/// The way of a batch whose cost was taken: every check is read, all are looked up at one revision, and they are decided, recorded and
/// written a few at a time, in order. A check that is refused has its error in its place.
/// </summary>
internal sealed class BatchVerifier(
    BoundedLookup lookup, Inquiries inquiries, CheckReader reader, IAuditTrail trail, Refusals refusals, ILogger logger)
{
    // Enough that taking the log's lock costs nothing, and so few that nobody who waits for it notices.
    private const int RecordedTogether = 32;

    /// <summary>Answers a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="call">What its items are.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="time">How long it may take.</param>
    /// <returns>The answer, or why the batch has none.</returns>
    public async ValueTask<(BatchAnswer? Answer, RpcStatus? Error)> AnswerAsync(BatchMessage batch, AuditCall call, Asker asker, CallTime time)
    {
        if (trail.TryBatch() is { } shed)
        {
            return (null, shed);
        }

        var inquiry = inquiries.Begin(asker, call, batch.Head.RulebookVersion);
        if (TryRead(batch, out var wish) is { } wrong)
        {
            return (null, wrong);
        }

        var work = new BatchWork(batch, ReadChecks(batch, inquiry, out var numbers), inquiry, wish);
        var found = await lookup.FindManyAsync(numbers, inquiry.Rulebook, wish, time);
        if (found.Failure is { } failure and not RegistryDamagedException)
        {
            Log.BatchIncomplete(logger, found.Answers.Count(answer => answer is null), failure.Message);
        }

        var answer = Answer(work, found);
        await trail.KeepAsync(time.Cancelled);
        return (answer, null);
    }

    /// <summary>Reads what a batch says beside its checks.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    private static RpcStatus? TryRead(BatchMessage batch, out KnowledgeWish wish)
    {
        var fields = new FieldReader();
        if (batch.Count is 0 or > MessageBounds.MaxChecks)
        {
            fields.Refuse("checks", FieldFault.BatchSize(batch.Count, MessageBounds.MaxChecks));
        }

        wish = KnowledgeWish.Read(batch.Head.Freshness, batch.Head.HasKnownAtRevision ? batch.Head.KnownAtRevision : null, fields);
        return fields.Error;
    }

    /// <summary>Reads the checks.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="inquiry">What it is answered for.</param>
    /// <param name="numbers">The permits of those that are to be looked up, in order.</param>
    /// <returns>What was read of those that are not plain or not to be looked up, in order.</returns>
    private Queue<OddCheck> ReadChecks(BatchMessage batch, in Inquiry inquiry, out ArraySegment<PermitNumber> numbers)
    {
        // Not from a pool: a lookup that was given up may read them for longer than this batch lives.
        var asked = new PermitNumber[batch.Count];
        var odd = new Queue<OddCheck>();
        var count = 0;
        var entries = batch.Entries;
        for (var index = 0; index < entries.Length; index++)
        {
            ref readonly var entry = ref entries[index];
            RpcStatus? error = null;
            if (!(entry.IsPlain && CheckReader.TryRead(entry.Plain, inquiry, out var check)))
            {
                (check, error) = ReadOdd(entry.Message ?? entry.Plain.ToMessage(), inquiry);
                odd.Enqueue(new OddCheck(index, check, error));
            }
            else if (Verifier.WhyNotAsked(check, entry.Plain.AsOf is not null, inquiry) is { } refusal)
            {
                error = refusal;
                odd.Enqueue(new OddCheck(index, check, error));
            }

            if (error is null)
            {
                asked[count++] = check.Number;
            }
        }

        numbers = new ArraySegment<PermitNumber>(asked, 0, count);
        return odd;
    }

    private (Check Check, RpcStatus? Error) ReadOdd(Contract.VerifyPermitRequest request, in Inquiry inquiry)
    {
        var fields = new FieldReader();
        var check = reader.Read(request, inquiry, fields);
        if (request.Freshness is not null)
        {
            fields.Refuse("freshness", FieldFault.InCheckOfBatch());
        }

        if (request.HasKnownAtRevision)
        {
            fields.Refuse("known_at_revision", FieldFault.InCheckOfBatch());
        }

        if (request.RulebookVersion.Length > 0)
        {
            fields.Refuse("rulebook_version", FieldFault.InCheckOfBatch());
        }

        return (check, fields.Error ?? Verifier.WhyNotAsked(check, request.AsOf is not null, inquiry));
    }

    private BatchAnswer Answer(in BatchWork work, PermitBatch found)
    {
        var answer = new BatchAnswer(work.Batch.Count);
        var settled = ArrayPool<SettledCheck>.Shared.Rent(RecordedTogether);
        var next = 0;
        RpcStatus? spent = null;
        for (var start = 0; start < work.Batch.Count; start += RecordedTogether)
        {
            var few = settled.AsSpan(0, Math.Min(RecordedTogether, work.Batch.Count - start));
            for (var i = 0; i < few.Length; i++)
            {
                ref var check = ref few[i];
                Read(start + i, work, ref check);
                if (check.Refusal is null)
                {
                    check.Refusal = Decide(ref check, found.Answers.ItemRef(next++), work, ref spent);
                }
            }

            Record(few, work, ref spent);
            foreach (ref readonly var check in few)
            {
                Write(check, work, answer);
            }
        }

        ArrayPool<SettledCheck>.Shared.Return(settled, clearArray: true);
        return answer;
    }

    private static void Read(int index, in BatchWork work, ref SettledCheck settled)
    {
        settled.Id = new CheckId(work.Inquiry.Id, index);
        if (work.Odd.TryPeek(out var odd) && odd.Index == index)
        {
            _ = work.Odd.Dequeue();
            (settled.Check, settled.Refusal) = (odd.Check, odd.Error);
        }
        else
        {
            CheckReader.TryRead(work.Batch.Entries[index].Plain, work.Inquiry, out settled.Check);
            settled.Refusal = null;
        }
    }

    /// <summary>Decides one check, where the asker's budgets allow it.</summary>
    /// <param name="settled">The check; takes what was decided.</param>
    /// <param name="found">What the lookup knows; null where it could not tell.</param>
    /// <param name="work">The batch.</param>
    /// <param name="spent">
    /// Why nothing more of the batch is answered: from the check that finds the budget of unknown numbers spent, or the audit log closed to
    /// it, all are refused, those of known numbers too, and also when there is room again since: there is one place to go on from.
    /// </param>
    /// <returns>Why not; null where there is an answer.</returns>
    private static RpcStatus? Decide(ref SettledCheck settled, in PermitAnswer? found, in BatchWork work, ref RpcStatus? spent)
    {
        if (spent is not null)
        {
            return spent;
        }

        if (found is not { } known)
        {
            return RpcErrors.RegistryUnavailable().GetRpcStatus();
        }

        settled.Known = known;
        if (BoundedVerdicts.TryDecide(settled.Check, known.Timeline, work.Inquiry, out settled.Verdict) is { } tooManyGuesses)
        {
            return tooManyGuesses;
        }

        var unknown = settled.Verdict.Standing.Status == PermitStatus.NotFound ? 1 : 0;
        return spent = work.Inquiry.Asker.Budget.TakeUnknownOfBatch(unknown);
    }

    /// <summary>Records those that were decided. From the first that cannot be recorded none is answered; see <see cref="Decide"/>.</summary>
    private void Record(Span<SettledCheck> few, in BatchWork work, ref RpcStatus? spent)
    {
        Span<int> places = stackalloc int[few.Length];
        var count = 0;
        for (var i = 0; i < few.Length; i++)
        {
            if (few[i].Refusal is null)
            {
                places[count++] = i;
            }
        }

        Span<EntitlementDecision> told = stackalloc EntitlementDecision[MessageBounds.MaxEntitlements];
        if (trail.TryAppend(new BatchRecords(few, places[..count], work.Wish, work.Inquiry, told), out var taken) is not { } refusal)
        {
            return;
        }

        for (var i = places[taken]; i < few.Length; i++)
        {
            if (few[i].Refusal is null || ReferenceEquals(few[i].Refusal, spent))
            {
                few[i].Refusal = refusal;
            }
        }

        spent = refusal;
    }

    private void Write(in SettledCheck settled, in BatchWork work, BatchAnswer answer)
    {
        var asker = work.Inquiry.Asker;
        if (settled.Refusal is not { } refusal)
        {
            answer.Add(settled.Id, settled.Verdict, settled.Check.Entitlements, settled.Known, asker.SeesSource);
            return;
        }

        var number = settled.Check.Number;
        refusals.Note(new Refusal(work.Inquiry.Call, asker.Recorded, number == default ? null : number, settled.Id), refusal);
        answer.Add(CallerLanguage.Fit(refusal, work.Batch.Language));
    }

    /// <summary>A check that was read from a message, or is refused before it is looked up.</summary>
    private sealed record OddCheck(int Index, Check Check, RpcStatus? Error);

    /// <summary>A batch that was read.</summary>
    private readonly record struct BatchWork(BatchMessage Batch, Queue<OddCheck> Odd, Inquiry Inquiry, KnowledgeWish Wish);
}
