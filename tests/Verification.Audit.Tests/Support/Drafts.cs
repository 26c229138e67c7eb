using Verification.Audit.Records;

namespace Verification.Audit.Tests.Support;

/// <summary>Puts a record that was read back into the form in which it is written.</summary>
internal static class Drafts
{
    public static AuditDraft Of(AuditRecord record) => new()
    {
        CheckId = record.CheckId,
        Instant = record.Instant,
        Call = record.Call,
        Consumer = record.Consumer,
        Number = record.Number,
        AsOf = record.AsOf,
        Through = record.Through,
        KnownAt = record.KnownAt,
        Role = record.Role,
        CardEdition = record.CardEdition,
        Entitlements = record.Entitlements.AsSpan(),
        Identity = record.Identity,
        Answer = record.Answer,
        Decisions = record.Decisions.AsSpan(),
        Provenance = record.Provenance,
        Refusal = record.Refusal,
        Reference = record.Reference,
        Note = record.Note,
    };
}
