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
        var parts = new List<string> { Say(string.Create(CultureInfo.InvariantCulture, $"Revision {provenance.Revision}"), string.Create(CultureInfo.InvariantCulture, $"修订号 {provenance.Revision}")) };
        if (provenance.DataAsOf is { } instant)
            parts.Add(Say($"data as of {instant.ToText()}", $"数据截至 {instant.ToText()}"));
        if (provenance.Source != Source.Unspecified)
            parts.Add(Say($"from {Terms.Word(provenance.Source)}", $"来自 {Terms.Word(provenance.Source)}"));
        if (provenance.RulebookVersion.Length > 0)
            parts.Add(Say($"rulebook {provenance.RulebookVersion}", $"规则 {provenance.RulebookVersion}"));
        if (provenance.CheckId.Length > 0)
            parts.Add(Say($"check {provenance.CheckId}", $"查询编号 {provenance.CheckId}"));
        console.WriteNote(string.Join(" · ", parts));
    }
}
