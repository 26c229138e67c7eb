using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>Asks the permit verification service. Safe for use by many threads at once.</summary>
/// <remarks>
/// An unknown permit is an answer, <c>NOT_FOUND</c>. Where there is no answer, the service refused, or nobody could tell, a
/// <see cref="PermitVerificationException"/> says why; it never means that a permit is not valid. In a program's own tests
/// <see cref="FakePermitVerification"/> stands in for the service.
/// </remarks>
public interface IPermitVerification
{
    /// <summary>Is the permit valid on a date, and what does it entitle to?</summary>
    /// <param name="check">What to ask.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="PermitVerificationException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">The call was given up.</exception>
    Task<PermitVerdict> VerifyAsync(PermitCheck check, CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks about any number of permits, in batches on one stream, and tells the answers in the order of the checks. It keeps to the limits: it
    /// waits as long as the service says where they are used up, goes on by itself where the connection was cut, and reads no more checks ahead
    /// than some thousand, however slowly the answers are taken. What was under way when a connection was cut is asked again.
    /// </summary>
    /// <remarks>
    /// A check that is wrong has a fault for its outcome and stops no other. Where nobody can tell, or a budget has nothing left, for longer
    /// than <see cref="PermitVerificationOptions.LongestWait"/>, the exception ends it: whatever was told by then stands, and a later call may go
    /// on with the checks behind it.
    /// </remarks>
    /// <param name="checks">What to ask. Freshness, revision and rulebook belong into the options.</param>
    /// <param name="options">What holds for all checks; null for the defaults.</param>
    /// <param name="cancellationToken">Gives the rest up.</param>
    /// <exception cref="PermitVerificationException">The service refused, or could not tell for too long.</exception>
    /// <exception cref="ArgumentException">A check brings what belongs into the options.</exception>
    /// <exception cref="OperationCanceledException">The rest was given up.</exception>
    IAsyncEnumerable<PermitOutcome> VerifyManyAsync(
        IAsyncEnumerable<PermitCheck> checks, VerifyManyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>How did the permit's standing change, and how will it change if no further event comes?</summary>
    /// <param name="query">What to ask.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="PermitVerificationException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">The call was given up.</exception>
    Task<PermitTimeline> GetTimelineAsync(PermitTimelineQuery query, CancellationToken cancellationToken = default);

    /// <summary>Shows what the caller was answered, on whichever node, and whether the verdict comes out the same once more.</summary>
    /// <remarks>A check that is younger than ten seconds may not be found yet: that is repeated as what nobody can tell.</remarks>
    /// <param name="checkId">As <see cref="PermitProvenance.CheckId"/> named it.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="PermitVerificationException">
    /// There is no answer; <see cref="VerificationReasons.CheckUnknown"/> where there is no such check of the caller's own.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was given up.</exception>
    Task<PermitCheckRecord> GetCheckAsync(string checkId, CancellationToken cancellationToken = default);

    /// <summary>The rules that verdicts are decided under, each with its source, as the contract has them.</summary>
    /// <param name="version">As <see cref="PermitProvenance.RulebookVersion"/> named it; null for today's.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="PermitVerificationException">
    /// There is no answer; <see cref="VerificationReasons.RulebookUnknown"/> where there is none of this version.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was given up.</exception>
    Task<Rulebook> GetRulebookAsync(string? version = null, CancellationToken cancellationToken = default);

    /// <summary>Whom the service takes the caller for, what it may see, and what is left of its limits on the node that answers.</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="PermitVerificationException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">The call was given up.</exception>
    Task<PermitCaller> GetCallerAsync(CancellationToken cancellationToken = default);
}
