using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Load.Results;

/// <summary>A whole result, as it is kept.</summary>
/// <param name="TakenAt">When.</param>
/// <param name="Commit">Of which commit; with a plus where files were changed.</param>
/// <param name="Mode">How thorough: <c>full</c>, <c>quick</c>, or one scenario.</param>
/// <param name="Machine">Where.</param>
/// <param name="Permits">The registry's permits.</param>
/// <param name="EventsAPermit">Their events, on average.</param>
/// <param name="Scenarios">The scenarios.</param>
/// <param name="LeftOut">What could not be measured, and why.</param>
/// <param name="Figures">Figures by themselves.</param>
/// <param name="Sizes">Cost against the registry's size.</param>
internal sealed record ResultFile(
    DateTimeOffset TakenAt,
    string Commit,
    string Mode,
    Machine Machine,
    int Permits,
    int EventsAPermit,
    IReadOnlyList<ScenarioResult> Scenarios,
    IReadOnlyList<string> LeftOut,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<SizeResult> Sizes)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,

        // Where no round counts there is no number.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        NewLine = "\n",
    };

    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ResultFile Read(string path) =>
        JsonSerializer.Deserialize<ResultFile>(File.ReadAllText(path), Form) ?? throw new JsonException($"{path} holds no result.");

    /// <summary>All results in a folder, oldest first.</summary>
    public static IReadOnlyList<ResultFile> ReadAll(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Select(Read).OrderBy(result => result.TakenAt)] : [];

    /// <summary>Writes it.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Form) + "\n");
}
