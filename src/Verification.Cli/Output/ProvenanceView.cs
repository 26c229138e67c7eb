using System.Globalization;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>What an answer rests on, so that a person can ask about it or repeat it.</summary>
internal static class ProvenanceView
{
    public static void Write(IAnsiConsole console, Provenance? provenance)
    {
        if (provenance is null)
            return;
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"Revision {provenance.Revision}") };
        if (provenance.DataAsOf is { } instant)
            parts.Add($"data as of {instant.ToText()}");
        if (provenance.Source != Source.Unspecified)
            parts.Add($"from {Code<Source>.Name(provenance.Source).ToLowerInvariant()}");
        if (provenance.RulebookVersion.Length > 0)
            parts.Add($"rulebook {provenance.RulebookVersion}");
        if (provenance.CheckId.Length > 0)
            parts.Add($"check {provenance.CheckId}");
        console.WriteNote(string.Join(" · ", parts));
    }
}
