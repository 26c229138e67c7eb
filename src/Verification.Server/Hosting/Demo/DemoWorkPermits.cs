using Verification.Core.Permits;

namespace Verification.Server.Hosting.Demo;

/// <summary>The stories of made-up work residence permits 北京市工作居住证.</summary>
internal static class DemoWorkPermits
{
    private const string Prefix = "BJ";

    // Applications from this day on get a term of three years.
    private static readonly DateOnly LongTermFrom = new(2025, 7, 1);

    /// <summary>All of them.</summary>
    public static DemoStory[] All { get; } =
    [
        new(Prefix, (permit, day) => Keep(permit, day.AddMonths(-14), day)),
        new(Prefix, (permit, day) => Keep(permit, day.AddMonths(-14), day.AddDays(-30))
            .Add("dependant_added", day.AddDays(-20), ("relation", "spouse"), ("id_number", permit.Identity(1)))
            .Add("dependant_added", day.AddDays(-20), ("relation", "child"), ("id_number", permit.Identity(2)))),
        new(Prefix, (permit, day) => Issue(permit, LastFreeze(day).AddMonths(-6))),
        new(Prefix, (permit, day) => KeepUntilExpired(permit, day.AddDays(-11))),
        new(Prefix, (permit, day) => KeepUntilExpired(permit, day.AddMonths(-5))),
        new(Prefix, (permit, day) => Keep(permit, day.AddMonths(-10), day.AddMonths(-2))
            .Add("cancelled", day.AddDays(-40), ("reason", "离职"))),
        new(Prefix, (permit, day) => Issue(permit, day.AddDays(25))),
        new(Prefix, (permit, day) => Keep(permit, day.AddMonths(-13), day.AddDays(-120))
            .Add("employment_ended", day.AddDays(-70), ("left_on", CivilDates.Format(day.AddDays(-75))))
            .Add("employer_changed", day.AddDays(-40), ("employer", permit.Employer(1)))),
        new(Prefix, (permit, day) => Keep(permit, day.AddMonths(-7), day.AddDays(-30))
            .Add("employment_ended", day.AddDays(-15))),
        new(Prefix, (permit, day) => Keep(permit, day.AddMonths(-9), day.AddDays(-30))
            .Add("reissued", day.AddDays(-25))
            .Add("retained", day.AddDays(-10), ("procedure", "address_change"))),
    ];

    /// <summary>The last 1 May, when permits without an inspection were frozen.</summary>
    private static DateOnly LastFreeze(DateOnly day)
    {
        var thisYear = new DateOnly(day.Year, 5, 1);
        return thisYear <= day ? thisYear : thisYear.AddYears(-1);
    }

    private static DemoPermit Issue(DemoPermit permit, DateOnly on) => permit.Issue(
        PermitKind.WorkResidencePermit,
        on,
        ("applied_on", CivilDates.Format(on.AddDays(-30))),
        ("employer", permit.Employer(0)));

    /// <summary>Issues a permit less than two years ago and makes every inspection up to a day.</summary>
    private static DemoPermit Keep(DemoPermit permit, DateOnly issuedOn, DateOnly through) =>
        Inspect(Issue(permit, issuedOn), issuedOn, through);

    /// <summary>A permit that was kept well and expired on a day. Its date of application picks the term that leads there.</summary>
    private static DemoPermit KeepUntilExpired(DemoPermit permit, DateOnly expiresOn)
    {
        var isLong = expiresOn.AddMonths(-36).AddDays(-30) >= LongTermFrom;
        var issuedOn = expiresOn.AddMonths(isLong ? -36 : -24);
        var appliedOn = isLong ? issuedOn.AddDays(-30) : Earlier(issuedOn.AddDays(-30), LongTermFrom.AddDays(-10));
        permit.Issue(
            PermitKind.WorkResidencePermit,
            issuedOn,
            ("applied_on", CivilDates.Format(appliedOn)),
            ("employer", permit.Employer(0)));
        return Inspect(permit, issuedOn, expiresOn.AddDays(-1));
    }

    /// <summary>Inspects a permit on 11 April of every year.</summary>
    private static DemoPermit Inspect(DemoPermit permit, DateOnly issuedOn, DateOnly through)
    {
        for (var year = issuedOn.Year; year <= through.Year; year++)
        {
            var on = new DateOnly(year, 4, 11);
            if (issuedOn < new DateOnly(year, 4, 1) && on <= through)
            {
                permit.Add("inspected", on, ("channel", "online"));
            }
        }

        return permit;
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
