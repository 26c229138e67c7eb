using Microsoft.Extensions.Options;
using Verification.Caching;
using Verification.Caching.Redis;
using Verification.Core.Permits;

namespace Verification.Server.Configuration;

/// <summary>Checks the configuration; tells all that is wrong at once and never repeats the key.</summary>
internal sealed class VerificationOptionsValidator : IValidateOptions<VerificationOptions>
{
    private const string KeyName = $"{VerificationOptions.Section}:Identity:DigestKey";
    private const string RedisPlace = $"{nameof(CachingOptions.Redis)}:{nameof(RedisOptions.ConnectionString)}";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, VerificationOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            failures.Add($"{VerificationOptions.Section}:DataDirectory must name a folder.");
        }

        if (string.IsNullOrWhiteSpace(options.Identity.DigestKey))
        {
            failures.Add($"{KeyName} is required: at least {IdentityDigester.MinKeySize} random bytes in Base64. (--demo brings its own.)");
        }
        else if (KeySize(options.Identity.DigestKey) is not >= IdentityDigester.MinKeySize)
        {
            failures.Add($"{KeyName} must be at least {IdentityDigester.MinKeySize} bytes in Base64.");
        }

        failures.AddRange(options.Registry.Validate());
        failures.AddRange((new CachingRulesValidator().Validate(name, options.Lookup).Failures ?? []).Select(KeyOfLookup));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>A problem with the lookup, which begins with the setting's place in its options, with the setting's key.</summary>
    private static string KeyOfLookup(string problem) =>
        problem.StartsWith(RedisPlace, StringComparison.Ordinal)
            ? $"ConnectionStrings:Redis{problem[RedisPlace.Length..]}"
            : $"{VerificationOptions.Section}:Lookup:{problem}";

    private static int? KeySize(string key)
    {
        var bytes = new byte[key.Length];
        return Convert.TryFromBase64String(key, bytes, out var size) ? size : null;
    }
}
