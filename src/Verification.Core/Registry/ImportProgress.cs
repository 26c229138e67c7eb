namespace Verification.Core.Registry;

/// <summary>How far an import has come.</summary>
/// <param name="LinesRead">Lines of the file that are done, empty ones included.</param>
/// <param name="EventsLoaded">Events loaded.</param>
/// <param name="Revision">The revision of the last event loaded; 0 while there is none.</param>
/// <param name="PrefixDigest">SHA-256 of those lines, in hexadecimal; empty while there are none.</param>
/// <param name="IsComplete">Whether the file's end was reached.</param>
/// <param name="AlreadyRecorded">Lines that were neither loaded nor rejected, as the registry held their like.</param>
/// <param name="AlreadyAnnulled">How many of those say what was annulled since, and not recorded anew.</param>
/// <param name="CompletedAt">
/// When the file's end was reached, by the registry's clock; null before, and where a version completed it that did not keep it.
/// </param>
public sealed record ImportProgress(
    long LinesRead,
    long EventsLoaded,
    long Revision,
    string PrefixDigest,
    bool IsComplete,
    long AlreadyRecorded = 0,
    long AlreadyAnnulled = 0,
    DateTimeOffset? CompletedAt = null)
{
    /// <summary>An import that never began.</summary>
    public static ImportProgress None { get; } = new(0, 0, 0, string.Empty, false);

    /// <summary>How far it has come with one more batch; not when it was completed, which the registry's clock says.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="admission">What became of its lines.</param>
    /// <param name="lastRevision">The revision of the last event that it loaded; not looked at where it loaded none.</param>
    public ImportProgress After(ImportBatch batch, BatchAdmission admission, long lastRevision) => new(
        batch.LinesAfter,
        EventsLoaded + admission.Admitted.Count,
        admission.Admitted.Count == 0 ? Revision : lastRevision,
        batch.PrefixDigest,
        batch.IsLast,
        AlreadyRecorded + admission.AlreadyRecorded.Count,
        AlreadyAnnulled + admission.AlreadyAnnulled);
}
