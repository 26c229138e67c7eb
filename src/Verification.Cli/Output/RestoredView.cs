using System.Globalization;
using Permits.Registry.V1;
using Spectre.Console;

namespace Verification.Cli.Output;

/// <summary>A registry that was marked as restored, for a person.</summary>
internal static class RestoredView
{
    public static void Write(IAnsiConsole console, MarkRestoredResponse answer)
    {
        var facts = Layout.Facts();
        facts.Fact(Say("Registry", "登记系统"), answer.RegistryId);
        facts.Fact(Say("Stood at", "原修订号"), Say($"revision {answer.RevisionBefore.ToString(CultureInfo.InvariantCulture)}", $"修订号 {answer.RevisionBefore.ToString(CultureInfo.InvariantCulture)}"));
        facts.Fact(Say("Goes on at", "继续于"), Say($"revision {answer.Revision.ToString(CultureInfo.InvariantCulture)}; those between are unknown from now on", $"修订号 {answer.Revision.ToString(CultureInfo.InvariantCulture)}；其间的修订号不再可知"));
        console.Write(facts);
    }
}
