using Grpc.Core;
using Permits.Verification.V1;
using Verification.FakeService;
using Status = Google.Rpc.Status;

namespace Verification.Cli.Tests.Support;

/// <summary>
/// Answers batches as a service does: numbers that begin with <c>BJ</c> are valid permits, those with <c>NO</c> unknown, all others
/// malformed; on its own day, at its own revision, until a batch names others.
/// </summary>
internal sealed class FakeRegister
{
    /// <summary>The batches that were asked, in order.</summary>
    public List<BatchVerifyPermitsRequest> Asked { get; } = [];

    public string Rulebook { get; set; } = "2026.1";

    /// <summary>What happens to a whole batch before it is answered; null lets it be answered.</summary>
    public Func<BatchVerifyPermitsRequest, Status?> Refuse { get; set; } = _ => null;

    /// <summary>What happens to one check before it is answered; null lets it be answered.</summary>
    public Func<VerifyPermitRequest, Status?> RefuseCheck { get; set; } = _ => null;

    public StreamVerifyPermitsResponse Answer(BatchVerifyPermitsRequest batch)
    {
        Asked.Add(batch);
        if (Refuse(batch) is { } refusal)
            return new() { Error = refusal };
        var answer = new BatchVerifyPermitsResponse();
        foreach (var check in batch.Checks)
        {
            var error = RefuseCheck(check) ?? Malformed(check.PermitNumber);
            answer.Items.Add(error is null ? new BatchItem { Response = Answer(check, batch) } : new BatchItem { Error = error });
        }
        return new() { Response = answer };
    }

    private static Status? Malformed(string number) => number.StartsWith("BJ", StringComparison.Ordinal) || number.StartsWith("NO", StringComparison.Ordinal)
        ? null
        : Faults.Status(
            StatusCode.InvalidArgument, "MALFORMED_PERMIT_NUMBER", "bad", retryAfter: null, ("permit_number", $"'{number}' is no permit number; it is."));

    private VerifyPermitResponse Answer(VerifyPermitRequest check, BatchVerifyPermitsRequest batch)
    {
        var answer = check.PermitNumber.StartsWith("BJ", StringComparison.Ordinal) ? Samples.Valid() : Samples.NotFound(check.PermitNumber);
        answer.Verdict.PermitNumber = check.PermitNumber;
        answer.Verdict.AsOf = check.AsOf ?? Samples.Day(2026, 5, 4);
        answer.Provenance.Revision = batch.HasKnownAtRevision ? batch.KnownAtRevision : 5312 + Asked.Count;
        answer.Provenance.RulebookVersion = batch.RulebookVersion.Length > 0 ? batch.RulebookVersion : Rulebook;
        answer.Provenance.CheckId = Guid.NewGuid().ToString("N");
        return answer;
    }
}
