using System.Collections.Frozen;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Kinds;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Rules.Procedures;

/// <summary>
/// The event that a procedure would record on a date, with the fields that fit the permit: if this one is not admitted, none is.
/// </summary>
internal static class FittingEvents
{
    private static readonly FrozenDictionary<string, Func<Procedure, Separation?, DateOnly, PermitEvent>> ByName =
        new Dictionary<string, Func<Procedure, Separation?, DateOnly, PermitEvent>>
        {
            ["renewed"] = (_, _, on) => new Renewed(on),
            ["inspected"] = (procedure, _, on) => new Inspected(on, procedure.Channel!.Value),
            ["endorsed"] = (_, _, on) => new Endorsed(on),
            ["extended"] = (_, _, on) => new Extended(on),
            ["exchanged"] = (_, _, on) => new Exchanged(on, default),
            ["cancelled"] = (_, _, on) => new Cancelled(on, null),
            ["reissued"] = (_, _, on) => new Reissued(on),

            // The longest deferral, and the employer that one names: who is free to choose another may choose that one too.
            ["cancellation_deferred"] = (_, separation, on) => new CancellationDeferred(on, separation?.DeferralLimit ?? on, string.Empty),
            ["employer_changed"] = (_, separation, on) => new EmployerChanged(on, separation?.DeferredTo ?? string.Empty),

            // Nobody's digest: never on the permit yet.
            ["dependant_added"] = (_, _, on) => new DependantAdded(on, SubjectRole.Child, default),
        }.ToFrozenDictionary();

    /// <summary>Whether there is such an event for an event's name.</summary>
    public static bool Has(string name) => ByName.ContainsKey(name);

    /// <summary>The event that a procedure would record.</summary>
    public static PermitEvent Of(Procedure procedure, PermitCourse course, DateOnly on) =>
        ByName[procedure.Event!](procedure, (course as WorkResidencePermit)?.Separation, on);
}
