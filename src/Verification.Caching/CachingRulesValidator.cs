using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Verification.Caching.Redis;

namespace Verification.Caching;

/// <summary>Checks settings against each other, and those that need more than a range. Names no secret's value.</summary>
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
            yield return "Feed.DefaultStaleness is above Feed.StalenessCap.";
        }

        if (options.Feed.PollInterval >= options.Feed.DefaultStaleness)
        {
            yield return "Feed.PollInterval is not below Feed.DefaultStaleness: between two polls every answer would be refused.";
        }

        if (string.IsNullOrEmpty(options.Redis.ConnectionString))
        {
            yield break;
        }

        if (!IsConnectionString(options.Redis.ConnectionString))
        {
            yield return "Redis.ConnectionString is none that StackExchange.Redis reads.";
        }

        if (!IsKey(options.Redis.MacKey))
        {
            yield return $"Redis.MacKey is not the Base64 of at least {FactsCodec.MinKeySize} bytes; with a Redis it is required.";
        }
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsKey(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? string.Empty, bytes, out var length) && length >= FactsCodec.MinKeySize;
    }
}
