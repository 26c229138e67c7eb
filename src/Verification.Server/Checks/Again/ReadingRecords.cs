using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Server.Access;
using Verification.Server.Auditing;

namespace Verification.Server.Checks.Again;

/// <summary>Leaves the records of calls that read what was recorded: they tell of people too.</summary>
internal sealed class ReadingRecords(IAuditTrail trail, TimeProvider timeProvider)
{
    /// <summary>Leaves one. It completes when the answer may leave.</summary>
    /// <param name="call">What it is of.</param>
    /// <param name="asker">Who reads.</param>
    /// <param name="permit">The permit that is read about; null where it is about none, or many.</param>
    /// <param name="what">What is read, in words.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: there must be no answer.</exception>
    public ValueTask LeaveAsync(AuditCall call, Asker asker, PermitNumber? permit, string what, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        return trail.LeaveAsync(
            new AuditDraft
            {
                CheckId = new CheckId(Guid.CreateVersion7(now)),
                Instant = now,
                Call = call,
                Consumer = asker.Recorded,
                Number = permit,
                Note = AuditText.Of(what),
            },
            cancellationToken);
    }
}
