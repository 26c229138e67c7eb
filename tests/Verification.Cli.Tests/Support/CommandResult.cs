using System.Text.Json;

namespace Verification.Cli.Tests.Support;

/// <summary>What a command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n');

    /// <summary>The output as the one JSON object that it must be.</summary>
    public JsonElement Json => JsonDocument.Parse(Output.TrimEnd('\n').Split('\n').Single()).RootElement;
}
