using System.Collections.Frozen;
using static Verification.Core.Permits.RegistryFile.RegistryField;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>The fields of one event besides <c>permit</c>, <c>event</c> and <c>on</c>: the table of policy §7.</summary>
/// <param name="Required">Fields that a line must have.</param>
/// <param name="Optional">Fields that it may have.</param>
internal sealed record EventForm(RegistryField[] Required, RegistryField[] Optional)
{
    private static readonly EventForm Bare = new([], []);

    private static readonly EventForm IssuedTemporary = new([Kind, ValidThrough], [AppliedOn, HolderId, Employer]);

    private static readonly FrozenDictionary<string, EventForm> Forms = new Dictionary<string, EventForm>
    {
        ["issued"] = new([Kind], [AppliedOn, HolderId, Employer]),
        ["inspected"] = new([Channel], []),
        ["employment_ended"] = new([], [LeftOn]),
        ["cancellation_deferred"] = new([Until, Employer], []),
        ["employer_changed"] = new([Employer], []),
        ["retained"] = new([Procedure], []),
        ["dependant_added"] = new([Relation, IdNumber], []),
        ["dependant_removed"] = new([Relation, IdNumber], []),
        ["exchanged"] = new([NewPermit], []),
        ["cancelled"] = new([], [Reason]),
        ["renewed"] = Bare,
        ["returned"] = Bare,
        ["reissued"] = Bare,
        ["endorsed"] = Bare,
        ["extended"] = Bare,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All fields of the event, required ones first.</summary>
    public RegistryField[] All { get; } = [.. Required, .. Optional];

    /// <summary>Those of its fields that hold dates.</summary>
    public RegistryField[] Dates { get; } =
        [On, .. Required.Concat(Optional).Where(field => field is AppliedOn or ValidThrough or LeftOn or Until)];

    /// <summary>The form of an event by its name; null when there is no such event. A temporary permit is issued by a form of its own.</summary>
    public static EventForm? Find(string name, string? kind) =>
        name == "issued" && PermitKindNames.Parse(kind) == PermitKind.TemporaryResidencePermit
            ? IssuedTemporary
            : Forms.GetValueOrDefault(name);
}
