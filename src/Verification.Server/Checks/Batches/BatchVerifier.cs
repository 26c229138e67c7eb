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
using Contract = Permits.Verification.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks.Batches;

/// <summary>
/// The way of a batch whose cost was taken: every check is read, all are looked up at one revision, and each is decided, recorded and
/// written in turn. A check that is refused has its error in its place.
/// </summary>
internal sealed class BatchVerifier(
    BoundedLookup lookup, Inquiries inquiries, CheckReader reader, IAuditTrail trail, Refusals refusals, ILogger logger)
{
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
        var entries = work.Batch.Entries;
        var asker = work.Inquiry.Asker;
        var next = 0;
        RpcStatus? spent = null;
        for (var index = 0; index < entries.Length; index++)
        {
            var id = new CheckId(work.Inquiry.Id, index);
            RpcStatus? refusal = null;
            Check check;
            if (work.Odd.TryPeek(out var odd) && odd.Index == index)
            {
                _ = work.Odd.Dequeue();
                (check, refusal) = (odd.Check, odd.Error);
            }
            else
            {
                CheckReader.TryRead(entries[index].Plain, work.Inquiry, out check);
            }

            refusal ??= TryAnswer(id, check, found.Answers[next++], work, ref spent, answer);
            if (refusal is not null)
            {
                refusals.Note(new Refusal(work.Inquiry.Call, asker.Recorded, check.Number == default ? null : check.Number, id), refusal);
                answer.Add(CallerLanguage.Fit(refusal, work.Batch.Language));
            }
        }

        return answer;
    }

    /// <summary>Decides, records and writes the answer to one check, where the asker's budgets allow it.</summary>
    /// <param name="id">The check's identifier.</param>
    /// <param name="check">The check.</param>
    /// <param name="found">What the lookup knows; null where it could not tell.</param>
    /// <param name="work">The batch.</param>
    /// <param name="spent">
    /// Why nothing more of the batch is answered: from the check that finds the budget of unknown numbers spent, or the audit log closed to
    /// it, all are refused, those of known numbers too, and also when there is room again since: there is one place to go on from.
    /// </param>
    /// <param name="answer">Takes the answer.</param>
    /// <returns>Why not; null where there is an answer.</returns>
    private RpcStatus? TryAnswer(
        CheckId id, in Check check, in PermitAnswer? found, in BatchWork work, ref RpcStatus? spent, BatchAnswer answer)
    {
        if (spent is not null)
        {
            return spent;
        }

        if (found is not { } known)
        {
            return RpcErrors.RegistryUnavailable().GetRpcStatus();
        }

        if (BoundedVerdicts.TryDecide(check, known.Timeline, work.Inquiry, out var verdict) is { } tooManyGuesses)
        {
            return tooManyGuesses;
        }

        var asker = work.Inquiry.Asker;
        spent = asker.Budget.TakeUnknownOfBatch(verdict.Standing.Status == PermitStatus.NotFound ? 1 : 0)
            ?? trail.TryAppend(id, check, verdict, known, work.Wish, work.Inquiry);
        if (spent is null)
        {
            answer.Add(id, verdict, check.Entitlements, known, asker.SeesSource);
        }

        return spent;
    }

    /// <summary>A check that was read from a message, or is refused before it is looked up.</summary>
    private sealed record OddCheck(int Index, Check Check, RpcStatus? Error);

    /// <summary>A batch that was read.</summary>
    private readonly record struct BatchWork(BatchMessage Batch, Queue<OddCheck> Odd, Inquiry Inquiry, KnowledgeWish Wish);
}
