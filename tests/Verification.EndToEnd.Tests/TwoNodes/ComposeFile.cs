using System.Text.RegularExpressions;
using Verification.EndToEnd.Tests.Architecture;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>What the image and <c>compose.yaml</c> give each node.</summary>
internal static partial class ComposeFile
{
    /// <summary>
    /// The settings of a node, each in its variable: what comes from outside filled in, and replaced what a machine without containers has
    /// otherwise. All else is as the file has it.
    /// </summary>
    /// <param name="outside">The variables that the file's head lists.</param>
    /// <param name="instead">What stands in the place of a setting, or beside them; null takes one away.</param>
    public static Dictionary<string, string> SettingsOfANode(
        IReadOnlyDictionary<string, string> outside, IReadOnlyDictionary<string, string?> instead)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "compose.yaml"));
        var settings = Setting().Matches(Block().Match(text).Groups[1].Value).ToDictionary(
            line => line.Groups[1].Value,
            line => FromOutside().Replace(line.Groups[2].Value.Trim('"'), variable => outside[variable.Groups[1].Value]));
        foreach (Match line in Image().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile"))))
        {
            foreach (var variable in line.Groups[1].Value.Split(' '))
            {
                var (name, value) = (variable.Split('=')[0], variable.Split('=', 2)[1]);
                settings.TryAdd(name, value);
            }
        }

        foreach (var (name, value) in instead)
        {
            settings.Remove(name);
            if (value is not null)
            {
                settings.Add(name, value);
            }
        }

        return settings;
    }

    [GeneratedRegex(@"^ENV (.+)$", RegexOptions.Multiline)]
    private static partial Regex Image();

    [GeneratedRegex(@"^  environment: &settings\n((?:    .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^    (\w+): (.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{(\w+)[^}]*\}")]
    private static partial Regex FromOutside();
}
