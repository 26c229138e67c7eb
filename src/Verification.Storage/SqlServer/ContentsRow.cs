using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>What the registry holds, as one row.</summary>
internal sealed class ContentsRow
{
    public Guid RegistryId { get; init; }

    public long Counter { get; init; }

    public DateTime AsOf { get; init; }

    public long Events { get; init; }

    public DateTime? LastRecordedAt { get; init; }

    public RegistryContents ToContents(string place) => new(
        place,
        new RegistryHead(RegistryId, Counter, EventRow.Instant(AsOf)),
        Events,
        LastRecordedAt is { } last ? EventRow.Instant(last) : null);
}
