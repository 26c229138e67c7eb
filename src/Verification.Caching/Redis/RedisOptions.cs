using System.ComponentModel.DataAnnotations;
using System.Net;
using StackExchange.Redis;

namespace Verification.Caching.Redis;

/// <summary>The Redis that the nodes share. Without a connection string there is none, and nothing else here matters.</summary>
public sealed class RedisOptions : IValidatableObject
{
    /// <summary>
    /// Where it is, in the form of StackExchange.Redis: one server, several of a cluster, or Sentinels with <c>serviceName</c>. A secret.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The key that values are sealed with: Base64 of at least 32 bytes, the same on all nodes. No default. A secret.</summary>
    public string? MacKey { get; set; }

    /// <summary>How long a caller waits for Redis. Default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>After which time Redis may forget a value. For tidiness alone: nothing is right or wrong by it. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The most calls under way; beyond that a call is a miss at once. Default 512.</summary>
    [Range(1, 100_000)]
    public int MaxOutstandingCalls { get; set; } = 512;

    /// <summary>The most values that wait to be written; beyond that they are dropped. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int WriteQueueCapacity { get; set; } = 10_000;

    /// <summary>How long Redis is left alone after half of the reads, or of the writes, failed. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:05:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a text is a connection string, all of whose endpoints can be.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            // The parser leaves out an endpoint that it cannot read, and takes almost any text for a host.
            var endpoints = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(part => !part.Contains('=', StringComparison.Ordinal));
            var parsed = ConfigurationOptions.Parse(text).EndPoints;
            return parsed.Count > 0 && parsed.Count == endpoints.Distinct(StringComparer.OrdinalIgnoreCase).Count() && parsed.All(IsHost);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConnectionString is { Length: > 0 } && !IsKey(MacKey))
        {
            yield return new($"must be at least {FactsCodec.MinKeySize} random bytes in Base64; with a Redis it is required.", [nameof(MacKey)]);
        }
    }

    private static bool IsHost(EndPoint endpoint) =>
        endpoint is not DnsEndPoint dns || Uri.CheckHostName(dns.Host) != UriHostNameType.Unknown;

    private static bool IsKey(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? string.Empty, bytes, out var length) && length >= FactsCodec.MinKeySize;
    }
}
