using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Timelines;

/// <summary>Random admissible histories of every kind, dense around the dates on which something turns.</summary>
internal static class RandomHistories
{
    public static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    private static readonly IdentityDigest[] Persons =
        [.. new[] { "110105199003072338", "110105201608140014" }.Select(text => Cases.Digester.Digest(Number, SubjectRole.Child, Person(text)))];

    /// <summary>Types that are admissible at few times only: they come in place of what is refused, or there would hardly be any.</summary>
    private static readonly int[] TimeBound = [0, 8, 9, 3, 4, 1];

    /// <summary>Histories; steps of which the rules admit nothing are left out.</summary>
    public static readonly Gen<PermitHistory> Any = Gen.Select(
        Gen.Enum<PermitKind>().Where(kind => kind != PermitKind.None),
        Gen.Int[0, 365 * 4],
        Gen.Int[-200, 0],
        Gen.Select(Gen.Int[0, 14], Gen.Int[0, 5], Gen.Int[0, 200], Gen.Int[0, 3]).Array[0, 25],
        Create);

    /// <summary>Histories of work residence permits.</summary>
    public static readonly Gen<PermitHistory> OfWorkPermits = Gen.Select(
        Gen.Int[0, 365 * 4],
        Gen.Int[-200, 0],
        Gen.Select(Gen.Int[0, 14], Gen.Int[0, 5], Gen.Int[0, 200], Gen.Int[0, 3]).Array[5, 40],
        (start, applied, steps) => Create(PermitKind.WorkResidencePermit, start, applied, steps));

    /// <summary>The history of these events, all of them admissible.</summary>
    public static PermitHistory Of(params PermitEvent[] events)
    {
        var admission = new Admission(Cases.Rulebook);
        Assert.All(events, happening => Assert.Null(admission.TryAdd(happening)));
        return new PermitHistory(
            Number, [.. events.Select((happening, index) => new RecordedEvent(index + 1, happening, default, "test"))]);
    }

    private static PermitHistory Create(PermitKind kind, int start, int applied, (int Type, int Gap, int Days, int Detail)[] steps)
    {
        var on = new DateOnly(2022, 1, 1).AddDays(start);
        var issued = new Issued(
            on,
            kind,
            on.AddDays(applied),
            ValidThrough: kind == PermitKind.TemporaryResidencePermit ? on.AddDays(start % 400) : null);
        var events = new List<PermitEvent> { issued };
        var admission = new Admission(Cases.Rulebook, events);
        foreach (var (type, gap, days, detail) in steps)
        {
            on = gap switch
            {
                0 => on,
                1 => on.AddDays(days % 4),
                2 => new DateOnly(on.Year + (on.Month > 4 ? 1 : 0), 4, 1).AddDays((days % 35) - 2) is var spring && spring > on ? spring : on,
                3 => on.AddDays(days),
                4 => on.AddMonths(1 + (days % 3)).AddDays((days % 3) - 1),
                _ => TurnAfter(events, on).AddDays((days % 3) - 1) is var turn && turn > on ? turn : on,
            };
            int[] types = [type, .. TimeBound];
            if (types.Select(tried => Event(tried, on, days, detail)).FirstOrDefault(tried => admission.TryAdd(tried) is null) is { } happening)
            {
                events.Add(happening);
            }
        }

        return new PermitHistory(Number, [.. events.Select((happening, index) => new RecordedEvent(index + 1, happening, default, "test"))]);
    }

    /// <summary>The next date on which the standing turns by itself.</summary>
    private static DateOnly TurnAfter(List<PermitEvent> events, DateOnly on)
    {
        var history = new PermitHistory(Number, [.. events.Select((happening, index) => new RecordedEvent(index + 1, happening, default, "test"))]);
        var until = TimelineCompiler.Compile(history, Cases.Rulebook)!.Value.SegmentOn(on, StandingView.Authority).Until;
        return until == Calendar.Never ? on.AddDays(30) : until;
    }

    private static PermitEvent Event(int type, DateOnly on, int days, int detail) => type switch
    {
        0 => new Renewed(on),
        1 => new Inspected(on, InspectionChannel.Online),
        2 => new Inspected(on, InspectionChannel.Window),
        3 => new Endorsed(on),
        4 => new Extended(on),
        5 => days % 5 == 0 ? new Cancelled(on, null) : new Renewed(on),
        6 => days % 5 == 0 ? new Exchanged(on, Number) : new Extended(on),
        7 => new EmploymentEnded(on, on.AddDays(-days % 90)),
        8 => new CancellationDeferred(on, on.AddDays(days), detail % 2 == 0 ? "甲" : "乙"),
        9 => new EmployerChanged(on, detail % 2 == 0 ? "甲" : "乙"),
        10 => new Retained(on, RetentionProcedure.Reissue),
        11 => new Returned(on),
        12 => new Reissued(on),
        13 => new DependantAdded(on, SubjectRole.Child, Persons[detail % 2]),
        _ => new DependantRemoved(on, SubjectRole.Child, Persons[detail % 2]),
    };

    private static ResidentIdentityNumber Person(string text)
    {
        Assert.True(ResidentIdentityNumber.TryParse(text, out var number));
        return number;
    }
}
