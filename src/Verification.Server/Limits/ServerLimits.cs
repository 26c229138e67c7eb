namespace Verification.Server.Limits;

/// <summary>What this node does at most, whoever asks: the configuration section <c>Verification:Limits</c>.</summary>
internal sealed class ServerLimits
{
    /// <summary>The section's name.</summary>
    public const string Section = "Verification:Limits";

    /// <summary>Checks whose permits are being looked up; more are refused at once.</summary>
    public int ChecksInFlight { get; set; } = 20_000;

    /// <summary>The part of them, in percent, that batches and streams may take: the rest is kept for single checks.</summary>
    public int BatchShare { get; set; } = 75;

    /// <summary>How long a call may wait for the registry that has no deadline of its own, in seconds.</summary>
    public int LookupSeconds { get; set; } = 10;

    /// <summary>The largest message of a verification call, in bytes.</summary>
    public int VerificationMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest message of a registrar's call, in bytes.</summary>
    public int RegistryMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Connections at the same time; more are closed as they come.</summary>
    public int Connections { get; set; } = 20_000;

    /// <summary>Streams at the same time on one HTTP/2 connection.</summary>
    public int StreamsPerConnection { get; set; } = 100;

    /// <summary>The headers of one request, in bytes.</summary>
    public int HeaderBytes { get; set; } = 16 * 1024;

    /// <summary>How long headers may take to arrive, in seconds.</summary>
    public int HeaderSeconds { get; set; } = 10;

    /// <summary>How old a connection may become before its peer is asked to make another, in minutes.</summary>
    public int ConnectionMinutes { get; set; } = 30;

    /// <summary>What is wrong with the values.</summary>
    public IEnumerable<string> Problems()
    {
        (string Name, int Value, int Least, int Most)[] ranges =
        [
            (nameof(ChecksInFlight), ChecksInFlight, 2_000, 10_000_000),
            (nameof(BatchShare), BatchShare, 1, 99),
            (nameof(LookupSeconds), LookupSeconds, 1, 3_600),
            (nameof(VerificationMessageBytes), VerificationMessageBytes, 256 * 1024, 64 * 1024 * 1024),
            (nameof(RegistryMessageBytes), RegistryMessageBytes, 64 * 1024, 64 * 1024 * 1024),
            (nameof(Connections), Connections, 1, 10_000_000),
            (nameof(StreamsPerConnection), StreamsPerConnection, 1, 10_000),
            (nameof(HeaderBytes), HeaderBytes, 4 * 1024, 1024 * 1024),
            (nameof(HeaderSeconds), HeaderSeconds, 1, 3_600),
            (nameof(ConnectionMinutes), ConnectionMinutes, 1, 7 * 24 * 60),
        ];
        var problems = ranges
            .Where(range => range.Value < range.Least || range.Value > range.Most)
            .Select(range => $"{Section}:{range.Name} must be from {range.Least} to {range.Most}.");
        return ChecksInFlight * (long)BatchShare / 100 < MessageBounds.MaxChecks
            ? problems.Append($"{Section}:BatchShare leaves less than one batch of {MessageBounds.MaxChecks} checks.")
            : problems;
    }
}
