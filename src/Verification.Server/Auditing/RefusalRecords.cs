using System.Collections.Concurrent;
using Verification.Audit.Records;
using Verification.Server.Errors;

namespace Verification.Server.Auditing;

/// <summary>
/// Leaves a record of what was refused. What comes too fast for a record each, or when none can be taken, is counted, and has one record
/// as soon as there can be: a flood of refusals costs neither disk nor memory, which holds a number for each consumer and reason.
/// </summary>
internal sealed class RefusalRecords : IRefusalRecords, IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Consumer, string Reason), RefusalPace> _paces = new();
    private readonly IAuditTrail _trail;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    /// <summary>Nothing refused.</summary>
    /// <param name="trail">Takes the records.</param>
    /// <param name="clock">The clock.</param>
    public RefusalRecords(IAuditTrail trail, TimeProvider clock)
    {
        _trail = trail;
        _clock = clock;
        _timer = clock.CreateTimer(_ => Settle(), null, Second, Second);
    }

    /// <inheritdoc/>
    public void Take(in Refusal refusal, string reason)
    {
        var pace = _paces.GetOrAdd(
            (refusal.Consumer?.Name ?? string.Empty, reason), static (_, clock) => new RefusalPace(clock), _clock);
        if (pace.TryTake(refusal) && !TryRecord(refusal, reason, count: 1))
        {
            pace.KeepBack(refusal, 1);
        }
    }

    /// <summary>Records what was counted.</summary>
    public void Settle()
    {
        foreach (var ((_, reason), pace) in _paces)
        {
            if (pace.TakeKeptBack(out var last) is > 0 and var count && !TryRecord(last with { Number = null, CheckId = null }, reason, count))
            {
                pace.KeepBack(last, count);
            }
        }
    }

    /// <summary>Records what was counted, and looks no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Settle();
    }

    private bool TryRecord(in Refusal refusal, string reason, int count)
    {
        var now = _clock.GetUtcNow();
        return _trail.TryAppend(new AuditDraft
        {
            CheckId = refusal.CheckId ?? new CheckId(MessageIds.New(now)),
            Instant = now,
            Call = refusal.Call,
            Consumer = refusal.Consumer,
            Number = refusal.Number,
            Refusal = new AuditRefusal(reason, count),
        }) is null;
    }
}
