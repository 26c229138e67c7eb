namespace Verification.Cli.Rounds;

/// <summary>
/// What closes a round, and until then what it has reached: the JSON beside the output. It describes the output's first
/// <see cref="OutputBytes"/> bytes; what stands behind them was not noted, and is asked again.
/// </summary>
internal sealed record RoundRecord
{
    /// <summary>Whether every row is done.</summary>
    public bool Complete { get; init; }

    /// <summary>The date that all answers are for; null before the first.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The last day of those asked about; null where none was.</summary>
    public DateOnly? Through { get; init; }

    /// <summary>The registry's revision that all answers reflect; null before the first.</summary>
    public long? Revision { get; init; }

    /// <summary>The rulebook that all answers are under; null before the first.</summary>
    public string? Rulebook { get; init; }

    /// <summary>Rows done: those with a verdict and those with an error.</summary>
    public long Rows { get; init; }

    /// <summary>Rows with a verdict, by status.</summary>
    public SortedDictionary<string, long> Statuses { get; init; } = [];

    /// <summary>Rows without one, by reason.</summary>
    public SortedDictionary<string, long> Errors { get; init; } = [];

    /// <summary>SHA-256 of the input's bytes, in hexadecimal.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>The input's encoding.</summary>
    public required string InputEncoding { get; init; }

    /// <summary>SHA-256 of the output's bytes, in hexadecimal.</summary>
    public string OutputSha256 { get; init; } = "";

    /// <summary>How many they are.</summary>
    public long OutputBytes { get; init; }

    /// <summary>SHA-256 of what the command line asks for: only the same goes on with a round.</summary>
    public required string Options { get; init; }

    /// <summary>What all answers rest on; null before the first.</summary>
    public RoundBasis? ToBasis() => AsOf is { } asOf && Revision is { } revision && Rulebook is { } rulebook ? new(asOf, revision, rulebook) : null;
}
