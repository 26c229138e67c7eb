using Verification.Audit.Records;

namespace Verification.Audit.Format;

/// <summary>What a record must keep to, so that it can be written.</summary>
internal static class DraftRules
{
    /// <summary>The most entitlements of a record, and the most decisions.</summary>
    public const int MaxEntitlements = 64;

    /// <summary>Makes sure that a record can be written.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void Demand(in AuditDraft draft)
    {
        if (draft.Entitlements.Length > MaxEntitlements || draft.Decisions.Length > MaxEntitlements)
        {
            throw new ArgumentException($"A record has at most {MaxEntitlements} entitlements.", nameof(draft));
        }

        if (draft.Consumer is { Name: var name } && (name is null or { Length: > AuditConsumer.MaxNameLength }))
        {
            throw new ArgumentException("A consumer's name is missing or too long.", nameof(draft));
        }

        if (draft.Provenance is { RulebookVersion: var version } && (version is null or { Length: > AuditProvenance.MaxVersionLength }))
        {
            throw new ArgumentException("A rulebook's version is missing or too long.", nameof(draft));
        }

        if (draft.Refusal is { } refusal && !(IsReason(refusal.Reason) && refusal.Count > 0))
        {
            throw new ArgumentException("A refusal has a reason A-Z0-9_ and is counted from 1.", nameof(draft));
        }

        if (draft.CardEdition < 0 || draft.CheckId.Item < 0)
        {
            throw new ArgumentException("A card's edition and an item's index are not negative.", nameof(draft));
        }
    }

    private static bool IsReason(string? reason)
    {
        if (reason is null || reason.Length is 0 or > AuditRefusal.MaxReasonLength || !char.IsAsciiLetterUpper(reason[0]))
        {
            return false;
        }

        foreach (var character in reason)
        {
            if (!(char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_'))
            {
                return false;
            }
        }

        return true;
    }
}
