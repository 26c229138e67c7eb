using System.Runtime.CompilerServices;
using Verification.Audit.Records;
using Verification.Core.Rules.Codes;

namespace Verification.Server.Checks.Batches;

/// <summary>The records of some checks of a batch.</summary>
/// <param name="checks">The checks.</param>
/// <param name="places">Where those stand among them that are recorded.</param>
/// <param name="wish">How fresh, or as of when, the answers were to be.</param>
/// <param name="inquiry">The call.</param>
/// <param name="told">Room for the decisions of one.</param>
internal readonly ref struct BatchRecords(
    ReadOnlySpan<SettledCheck> checks, ReadOnlySpan<int> places, KnowledgeWish wish, Inquiry inquiry, Span<EntitlementDecision> told) : IAuditDrafts
{
    private readonly ReadOnlySpan<SettledCheck> _checks = checks;
    private readonly ReadOnlySpan<int> _places = places;
    private readonly KnowledgeWish _wish = wish;
    private readonly Inquiry _inquiry = inquiry;
    private readonly Span<EntitlementDecision> _told = told;

    /// <inheritdoc/>
    public int Count => _places.Length;

    /// <inheritdoc/>
    public AuditDraft this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref readonly var one = ref _checks[_places[index]];
            return CheckRecord.Draft(one.Id, one.Check, one.Verdict, one.Known, _wish, _inquiry, _told[..one.Check.Entitlements.Length]);
        }
    }
}
