using Verification.Core.Permits;

namespace Verification.Server.Hosting.Demo;

/// <summary>What happens to the made-up permits. Each is told backwards from a date, so that its status holds on any today.</summary>
internal static class DemoStories
{
    /// <summary>All stories; permits take them in turn.</summary>
    public static DemoStory[] All { get; } =
    [
        .. DemoWorkPermits.All,
        new("JZ", (permit, day) => Endorse(permit.Issue(PermitKind.ResidencePermit, day.AddMonths(-30)), day.AddMonths(-30), day)),
        new("JZ", (permit, day) => permit.Issue(PermitKind.ResidencePermit, day.AddMonths(-4))),
        new("JZ", (permit, day) => permit.Issue(PermitKind.ResidencePermit, day.AddMonths(-15))),
        new("JZ", (permit, day) => permit.Issue(PermitKind.ResidencePermit, day.AddMonths(-8))
            .Add("cancelled", day.AddMonths(-1), ("reason", "离京"))),
        new("JZ", (permit, day) => permit.Issue(PermitKind.ResidencePermit, day.AddMonths(1))),
        new("GJ", (permit, day) => permit.Issue(PermitKind.ResidenceRegistrationCard, day.AddMonths(-2))),
        new("GJ", (permit, day) => permit.Issue(PermitKind.ResidenceRegistrationCard, day.AddMonths(-9))
            .Add("extended", day.AddMonths(-9).AddMonths(6).AddDays(-8))),
        new("GJ", (permit, day) => permit.Issue(PermitKind.ResidenceRegistrationCard, day.AddMonths(-6).AddDays(-10))),
        new("GJ", (permit, day) => permit.Issue(PermitKind.ResidenceRegistrationCard, day.AddMonths(-11))),
        new("GJ", (permit, day) => permit.Issue(PermitKind.ResidenceRegistrationCard, day.AddMonths(-5))
            .Add("exchanged", day.AddDays(-12), ("new_permit", "JZ2024D00010"))),
        new("GJ", (permit, day) => permit.Issue(PermitKind.ResidenceRegistrationCard, day.AddDays(20))),
        new("ZZ", (permit, day) => permit.Issue(
            PermitKind.TemporaryResidencePermit, day.AddMonths(-3), ("valid_through", CivilDates.Format(day.AddMonths(9))))),
        new("ZZ", (permit, day) => permit.Issue(
            PermitKind.TemporaryResidencePermit, day.AddYears(-3), ("valid_through", CivilDates.Format(day.AddYears(-2))))),
        new("ZZ", (permit, day) => permit.Issue(
            PermitKind.TemporaryResidencePermit, day.AddMonths(-6), ("valid_through", CivilDates.Format(day.AddMonths(6))))
            .Add("cancelled", day.AddMonths(-2))),
        new(DemoStory.Employer, (permit, day) => permit.Issue(PermitKind.EmployerRegistration, day.AddDays(-20), ("employer", permit.Employer(0)))),
        new(DemoStory.Employer, (permit, day) => permit.Issue(PermitKind.EmployerRegistration, day.AddMonths(-20), ("employer", permit.Employer(0)))),
        new(DemoStory.Employer, (permit, day) => permit.Issue(PermitKind.EmployerRegistration, day.AddMonths(-3), ("employer", permit.Employer(0)))
            .Add("cancelled", day.AddMonths(-1), ("reason", "迁出"))),
    ];

    /// <summary>Endorses a residence permit every year, ten days before it must be.</summary>
    private static void Endorse(DemoPermit permit, DateOnly issuedOn, DateOnly day)
    {
        for (var until = issuedOn.AddYears(1); until.AddDays(-10) <= day; until = until.AddYears(1))
        {
            permit.Add("endorsed", until.AddDays(-10));
        }
    }
}
