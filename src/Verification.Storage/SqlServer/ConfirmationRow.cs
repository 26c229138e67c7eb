using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>That the clock was confirmed, as a row of the registry.</summary>
internal sealed class ConfirmationRow
{
    public long Revision { get; init; }

    public DateTime ConfirmedAt { get; init; }

    public ClockConfirmation ToConfirmation() => new(Revision, EventRow.Instant(ConfirmedAt));
}
