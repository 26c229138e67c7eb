using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>
/// Stands in for the service in a program's own tests. It answers what it was told to, by the number in canonical form; any other number is
/// unknown, which is an answer too. What it was asked is kept in order.
/// </summary>
/// <example>
/// <code>
/// var permits = new FakePermitVerification();
/// permits.Knows("BJ2024D00001", PermitStatus.Valid, Entitlement.HomePurchase);
/// permits.CannotTell("BJ2024D00002");
/// </code>
/// </example>
public sealed class FakePermitVerification : IPermitVerification
{
    private readonly ConcurrentDictionary<string, Func<PermitCheck, PermitVerdict>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PermitTimeline> _timelines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PermitCheckRecord> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<PermitCheck> _asked = new();

    /// <summary>The day that a check is for which names none. Default: 2026-01-15.</summary>
    public DateOnly Today { get; set; } = new(2026, 1, 15);

    /// <summary>Whom it takes the caller for. Default: "test", that may see everything.</summary>
    public PermitCaller Caller { get; set; } = new()
    {
        Consumer = "test",
        ConsumerClass = ConsumerClass.IssuingAuthority,
        Roles = [ConsumerRole.Verify],
        Entitlements = [.. AllEntitlements],
        Limits = new() { BatchesAllowed = true },
    };

    /// <summary>The one rulebook that there is. Default: one of the version "test" without rules.</summary>
    public Rulebook Rulebook { get; set; } = new() { Version = "test" };

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<PermitCheck> Asked => [.. _asked];

    /// <summary>A permit with this status, on every date.</summary>
    /// <param name="permitNumber">Its number, in any form.</param>
    /// <param name="status">Its status.</param>
    /// <param name="conferred">What it entitles to; everything else is not conferred.</param>
    public void Knows(string permitNumber, PermitStatus status, params Entitlement[] conferred) => Answers(permitNumber, check => new PermitVerdict
    {
        PermitNumber = NumberOf(permitNumber),
        Kind = PermitKind.WorkResidencePermit,
        Status = status,
        AsOf = check.AsOf ?? Today,
        Throughout = check.Through is { } through
            ? new(through, status == PermitStatus.Valid, status == PermitStatus.Valid ? null : check.AsOf ?? Today, status == PermitStatus.Valid ? default : status)
            : null,
        Decisions = [.. Asks(check).Select(entitlement => Decided(entitlement, status == PermitStatus.Valid && conferred.Contains(entitlement)))],
    });

    /// <summary>A permit with an answer of its own.</summary>
    public void Answers(string permitNumber, Func<PermitCheck, PermitVerdict> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _answers[NumberOf(permitNumber)] = answer;
    }

    /// <summary>A permit with a timeline.</summary>
    public void HasTimeline(PermitTimeline timeline)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        _timelines[NumberOf(timeline.PermitNumber)] = timeline;
    }

    /// <summary>A check of the caller's own that was recorded.</summary>
    public void HasRecord(PermitCheckRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _records[record.CheckId] = record;
    }

    /// <summary>A permit of which the service cannot tell now: the answer is an exception whose <c>CouldNotTell</c> is true.</summary>
    /// <param name="permitNumber">Its number, in any form.</param>
    /// <param name="reason">Why, one of <see cref="VerificationReasons"/>.</param>
    public void CannotTell(string permitNumber, string reason = VerificationReasons.RegistryUnavailable) =>
        Fails(permitNumber, StatusCode.Unavailable, reason);

    /// <summary>A permit that the service refuses to answer for, as in <see cref="VerificationReasons.EntitlementOutOfScope"/>.</summary>
    /// <param name="permitNumber">Its number, in any form.</param>
    /// <param name="statusCode">The gRPC status.</param>
    /// <param name="reason">Why, one of <see cref="VerificationReasons"/>.</param>
    public void Fails(string permitNumber, StatusCode statusCode, string reason) =>
        Answers(permitNumber, _ => throw Failure(statusCode, reason));

    /// <inheritdoc/>
    public Task<PermitVerdict> VerifyAsync(PermitCheck check, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(check);
        cancellationToken.ThrowIfCancellationRequested();
        _asked.Enqueue(check);
        try
        {
            return Task.FromResult(Answer(check));
        }
        catch (PermitVerificationException fault)
        {
            return Task.FromException<PermitVerdict>(fault);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PermitOutcome> VerifyManyAsync(
        IAsyncEnumerable<PermitCheck> checks, VerifyManyOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checks);
        long index = 0;
        await foreach (var check in checks.WithCancellation(cancellationToken))
        {
            _asked.Enqueue(check);
            yield return OutcomeOf(index++, check);
        }
    }

    /// <inheritdoc/>
    public Task<PermitTimeline> GetTimelineAsync(PermitTimelineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        var number = NumberOf(query.PermitNumber);
        return Task.FromResult(_timelines.TryGetValue(number, out var timeline) ? timeline : new PermitTimeline { PermitNumber = number });
    }

    /// <inheritdoc/>
    public Task<PermitCheckRecord> GetCheckAsync(string checkId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkId);
        cancellationToken.ThrowIfCancellationRequested();
        return _records.TryGetValue(checkId, out var record)
            ? Task.FromResult(record)
            : Task.FromException<PermitCheckRecord>(Failure(StatusCode.NotFound, VerificationReasons.CheckUnknown));
    }

    /// <inheritdoc/>
    public Task<Rulebook> GetRulebookAsync(string? version = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return string.IsNullOrEmpty(version) || version == Rulebook.Version
            ? Task.FromResult(Rulebook)
            : Task.FromException<Rulebook>(Failure(StatusCode.NotFound, VerificationReasons.RulebookUnknown));
    }

    /// <inheritdoc/>
    public Task<PermitCaller> GetCallerAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Caller);
    }

    private static PermitVerificationException Failure(StatusCode statusCode, string reason) => new(new VerificationFault
    {
        StatusCode = statusCode,
        Message = $"The test double says {reason}.",
        Reason = reason,
        Domain = VerificationFault.ServiceDomain,
    });

    private static string NumberOf(string permitNumber)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(permitNumber);
        return CanonicalNumber.Of(permitNumber) ?? permitNumber;
    }

    private static IEnumerable<Entitlement> Asks(PermitCheck check) =>
        check.Entitlements.Count > 0 ? check.Entitlements.Distinct() : AllEntitlements;

    private static IEnumerable<Entitlement> AllEntitlements => Enum.GetValues<Entitlement>().Where(value => value != Entitlement.Unspecified);

    private static PermitDecision Decided(Entitlement entitlement, bool isConferred) => isConferred
        ? new(entitlement, Decision.Conferred, Basis.CitizenTreatment)
        : new(entitlement, Decision.NotConferred, Basis.PermitStatus);

    private PermitOutcome OutcomeOf(long index, PermitCheck check)
    {
        try
        {
            return new(index, check, Answer(check));
        }
        // As the service does: what is wrong with one check is its outcome; what nobody can tell ends the list.
        catch (PermitVerificationException exception) when (!exception.CouldNotTell)
        {
            return new(index, check, exception.Fault);
        }
    }

    private PermitVerdict Answer(PermitCheck check)
    {
        var number = NumberOf(check.PermitNumber);
        return _answers.TryGetValue(number, out var answer) ? answer(check) : new PermitVerdict
        {
            PermitNumber = number,
            Status = PermitStatus.NotFound,
            AsOf = check.AsOf ?? Today,
            Throughout = check.Through is { } through ? new(through, IsValid: false, check.AsOf ?? Today, PermitStatus.NotFound) : null,
            Decisions = [.. Asks(check).Select(entitlement => Decided(entitlement, isConferred: false))],
        };
    }
}
