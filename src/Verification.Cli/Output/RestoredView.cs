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
        facts.Fact("Registry", answer.RegistryId);
        facts.Fact("Stood at", $"revision {answer.RevisionBefore.ToString(CultureInfo.InvariantCulture)}");
        facts.Fact("Goes on at", $"revision {answer.Revision.ToString(CultureInfo.InvariantCulture)}; those between are unknown from now on");
        console.Write(facts);
    }
}
