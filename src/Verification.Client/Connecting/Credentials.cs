namespace Verification.Client;

/// <summary>Where the key or token of a request comes from.</summary>
internal static class Credentials
{
    /// <summary>The way that the options name.</summary>
    /// <param name="start">The options as they were at the start.</param>
    /// <param name="apiKey">The API key as it is now. One that is none changes nothing.</param>
    public static Func<CancellationToken, ValueTask<string?>> Of(PermitVerificationOptions start, Func<string?> apiKey)
    {
        if (start.Credential is { } ask)
            return async cancellationToken => await ask(cancellationToken);
        if (start.CredentialFile is { } file)
        {
            var current = new Reloaded<string>(() => CredentialText.ReadFile(file), start.TimeProvider);
            return _ => ValueTask.FromResult<string?>(current.Current);
        }
        var last = start.ApiKey;
        return _ => ValueTask.FromResult(apiKey() is var now && (now is null || CredentialText.IsOne(now)) ? last = now : last);
    }
}
