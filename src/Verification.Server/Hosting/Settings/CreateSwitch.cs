namespace Verification.Server.Hosting.Settings;

/// <summary><c>--create</c>: a registry is made where there is none. Short for <c>Verification:Registry:CreateIfMissing=true</c>.</summary>
internal static class CreateSwitch
{
    /// <summary>The setting that it stands for.</summary>
    public const string Key = $"{VerificationOptions.Section}:Registry:CreateIfMissing";

    private const string Switch = "--create";

    /// <summary>The command line with the setting in place of the switch, which would take the next argument for its value.</summary>
    public static string[] AsSetting(string[] args) => [.. args.Select(arg => arg == Switch ? $"--{Key}=true" : arg)];
}
