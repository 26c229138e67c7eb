using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;

namespace Verification.Core.Tests.Rules.Timelines;

/// <summary>
/// A second reading of policy §2 to §6a, as plain as can be: it lives through every day, lets the day's scheduled transitions happen,
/// then its events. It knows nothing of rulebooks and timelines.
/// </summary>
internal sealed class DayByDay
{
    private readonly Issued _issued;
    private DateOnly _today;
    private DateOnly _start;
    private DateOnly _end;
    private bool _pending;
    private bool _frozen;
    private bool _retained;
    private StatusReasons _gone;
    private DateOnly? _leftOn;
    private DateOnly? _deferredUntil;

    private DayByDay(Issued issued)
    {
        _issued = issued;
        _today = issued.On;
        _start = issued.On;
        _end = issued.Kind switch
        {
            PermitKind.WorkResidencePermit => issued.On.AddYears(Years),
            PermitKind.ResidencePermit => issued.On.AddYears(1),
            PermitKind.ResidenceRegistrationCard => issued.On.AddMonths(6),
            PermitKind.EmployerRegistration => DateOnly.MaxValue,
            _ => issued.ValidThrough!.Value.AddDays(1),
        };
    }

    private int Years => (_issued.AppliedOn ?? _issued.On) < new DateOnly(2025, 7, 1) ? 2 : 3;

    private bool IsLapsed => _issued.Kind switch
    {
        PermitKind.WorkResidencePermit => _today >= _end.AddMonths(1),
        PermitKind.ResidencePermit or PermitKind.EmployerRegistration => false,
        PermitKind.ResidenceRegistrationCard => _today >= _start.AddMonths(7),
        _ => _today >= _end,
    };

    /// <summary>The standing on each of so many days from the issue on, by the events up to each.</summary>
    public static Standing[] Live(IEnumerable<PermitEvent> events, int days)
    {
        var issued = (Issued)events.First();
        var permit = new DayByDay(issued);
        var rest = new Queue<PermitEvent>(events.Skip(1));
        var standings = new Standing[days];
        for (var day = 0; day < days; day++)
        {
            permit._today = issued.On.AddDays(day);
            if (day > 0)
            {
                permit.Midnight();
            }

            while (rest.TryPeek(out var next) && next.On == permit._today)
            {
                permit.Happen(rest.Dequeue());
            }

            standings[day] = permit.Standing();
        }

        return standings;
    }

    private void Midnight()
    {
        if (_issued.Kind is not (PermitKind.WorkResidencePermit or PermitKind.EmployerRegistration) || _gone != 0)
        {
            return;
        }

        if (_today is { Month: 4, Day: 1 } && _today < _end && !_frozen)
        {
            _pending = true;
        }

        if (_today is { Month: 5, Day: 1 } && _pending)
        {
            _pending = false;
            _frozen = true;
        }
    }

    private void Happen(PermitEvent happening)
    {
        switch (happening)
        {
            case Renewed:
                _end = _end.AddYears(Years);
                break;
            case Inspected:
                (_pending, _frozen) = (false, false);
                break;
            case Endorsed:
                _end = (_today >= _end ? _today : _end).AddYears(1);
                break;
            case Extended:
                (_start, _end) = (_end, _end.AddMonths(6));
                break;
            case Cancelled:
                _gone = StatusReasons.Cancelled;
                break;
            case Exchanged:
                _gone = StatusReasons.Exchanged;
                break;
            case EmploymentEnded ended:
                (_leftOn, _deferredUntil) = (ended.LeftOn, null);
                break;
            case CancellationDeferred deferral:
                _deferredUntil = deferral.Until;
                break;
            case EmployerChanged:
                _leftOn = null;
                break;
            case Retained or Returned:
                _retained = happening is Retained;
                break;
        }
    }

    private Standing Standing()
    {
        if (_gone != 0)
        {
            return new Standing(PermitStatus.Cancelled, _gone);
        }

        if (IsLapsed)
        {
            return new Standing(PermitStatus.Expired, StatusReasons.Lapsed);
        }

        var reasons = StatusReasons.None;
        var status = PermitStatus.Valid;
        if (_issued.Kind == PermitKind.ResidencePermit && _today >= _end)
        {
            return new Standing(PermitStatus.Frozen, StatusReasons.EndorsementMissed);
        }

        if (_frozen)
        {
            status = PermitStatus.Frozen;
            reasons |= StatusReasons.InspectionMissed;
        }

        if (_today >= _end)
        {
            status = PermitStatus.Expired;
            reasons |= StatusReasons.ExpiredRenewable;
        }

        var windowOpens = _issued.Kind switch
        {
            PermitKind.TemporaryResidencePermit or PermitKind.EmployerRegistration => DateOnly.MaxValue,
            PermitKind.ResidenceRegistrationCard => _start.AddMonths(5),
            _ => _end.AddMonths(-1),
        };
        if (status == PermitStatus.Valid && _today >= windowOpens)
        {
            reasons |= StatusReasons.RenewalWindowOpen;
        }

        if (_leftOn is { } leftOn)
        {
            reasons |= _today <= (_deferredUntil ?? leftOn.AddMonths(2)) ? StatusReasons.EmploymentEnded : StatusReasons.TransferOverdue;
        }

        reasons |= _pending ? StatusReasons.InspectionPending : 0;
        reasons |= _retained ? StatusReasons.UnderProcedure : 0;
        return new Standing(status, reasons);
    }
}
