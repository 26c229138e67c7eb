using Verification.Audit.Storing.Rows;

namespace Verification.Audit.Storing.Tables;

/// <summary>A row of <c>audit_fold</c>.</summary>
internal sealed record FoldPlaces
{
    /// <summary>The fold.</summary>
    public long Fold { get; init; }

    /// <summary>Where its runs stand, as it is stored.</summary>
    public byte[] Runs { get; init; } = [];

    /// <summary>Where its runs stand.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public List<RunPlace> Places => Rows.Fold.ReadPlaces(Runs);
}
