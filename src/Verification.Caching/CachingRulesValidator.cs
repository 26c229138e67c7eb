using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Verification.Caching.Redis;

namespace Verification.Caching;

/// <summary>
/// Checks settings against each other, and those that need more than a range. Each error begins with the setting's place in
/// <see cref="CachingOptions"/>, as in <c>Feed:PollInterval</c>, and names no secret's value.
/// </summary>
public sealed class CachingRulesValidator : IValidateOptions<CachingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, CachingOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(CachingOptions options)
    {
        if (options.Feed.DefaultStaleness > options.Feed.StalenessCap)
        {
            yield return "Feed:DefaultStaleness must not be above Feed:StalenessCap.";
        }

        if (options.Feed.PollInterval >= options.Feed.DefaultStaleness)
        {
            yield return "Feed:PollInterval must be below Feed:DefaultStaleness: between two polls every answer would be refused.";
        }

        if (string.IsNullOrEmpty(options.Redis.ConnectionString))
        {
            yield break;
        }

        if (!IsConnectionString(options.Redis.ConnectionString))
        {
            yield return "Redis:ConnectionString must be of the form that StackExchange.Redis reads: host:port[,host:port…][,option=value…].";
        }

        if (!IsKey(options.Redis.MacKey))
        {
            yield return $"Redis:MacKey must be at least {FactsCodec.MinKeySize} random bytes in Base64; with a Redis it is required.";
        }
    }

    private static bool IsConnectionString(string text)
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

    private static bool IsHost(EndPoint endpoint) =>
        endpoint is not DnsEndPoint dns || Uri.CheckHostName(dns.Host) != UriHostNameType.Unknown;

    private static bool IsKey(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? string.Empty, bytes, out var length) && length >= FactsCodec.MinKeySize;
    }
}
