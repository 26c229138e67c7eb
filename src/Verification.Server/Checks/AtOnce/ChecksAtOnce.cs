using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Server.Access;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.AtOnce;

/// <summary>
/// Answers a check for which nothing need be waited for: from its bytes, by what memory knows, without an exception where it is refused. It
/// takes the same steps as <see cref="Verifier"/>, but takes the check's cost only when it has made sure that it can answer.
/// </summary>
internal sealed class ChecksAtOnce(Verifier verifier, CheckReader reader, Inquiries inquiries, BoundedLookup lookup)
{
    /// <summary>The largest message that is looked at. So few bytes hold no more than a check may.</summary>
    public const int MaxMessage = 1_024;

    /// <summary>Answers a check.</summary>
    /// <param name="message">The bytes of a <see cref="Contract.VerifyPermitRequest"/>, at most <see cref="MaxMessage"/>.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="outcome">What became of it.</param>
    /// <returns>False where it must go the way of all calls: nothing was taken, counted or recorded then.</returns>
    public bool TryVerify(ReadOnlySpan<byte> message, Asker asker, out CheckOutcome outcome)
    {
        outcome = default;
        var inquiry = inquiries.Begin(asker, AuditCall.Check, rulebookVersion: string.Empty);
        var wish = default(KnowledgeWish);
        Google.Rpc.Status? error;
        PermitNumber? number;
        if (PlainCheck.TryRead(message, out var plain) && CheckReader.TryRead(plain, inquiry, out var check))
        {
            number = plain.Number;
            error = Verifier.WhyNotAsked(check, plain.AsOf is not null, inquiry);
        }
        else if (TryParse(message, out var request))
        {
            // Who has nothing left gets no identity number digested.
            error = asker.Budget.TakeChecks(0);
            check = default;
            if (error is null)
            {
                var fields = new FieldReader();
                check = reader.Read(request, inquiry, fields);
                wish = KnowledgeWish.Read(request.Freshness, knownAt: null, fields);
                error = fields.Error ?? Verifier.WhyNotAsked(check, request.AsOf is not null, inquiry);
                number = check.Number == default ? null : check.Number;
            }
            else
            {
                number = PermitNumber.TryParse(request.PermitNumber, out var named) ? named : null;
            }
        }
        else
        {
            return false;
        }

        var known = default(Core.Lookup.PermitAnswer);
        if (error is null && !lookup.TryFind(check.Number, inquiry.Rulebook, wish, out known))
        {
            return false;
        }

        var id = new CheckId(inquiry.Id);
        var verdict = default(Core.Rules.Verdicts.Verdict);
        error = asker.Budget.TakeChecks(1) ?? error ?? verifier.TryConclude(id, check, known, wish, inquiry, out verdict);
        outcome = new CheckOutcome(error, number, id, check, verdict, known);
        return true;
    }

    /// <summary>Parses a message. One that asks for what must be waited for, or is none, goes the way of all calls.</summary>
    private static bool TryParse(ReadOnlySpan<byte> message, [NotNullWhen(true)] out Contract.VerifyPermitRequest? request)
    {
        try
        {
            request = Contract.VerifyPermitRequest.Parser.ParseFrom(message);
            return !request.HasKnownAtRevision && request.RulebookVersion.Length == 0;
        }
        catch (InvalidProtocolBufferException)
        {
            request = null;
            return false;
        }
    }
}
