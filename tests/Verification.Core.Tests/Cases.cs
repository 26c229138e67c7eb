using System.Text.Json;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Tests;

/// <summary>The normative cases of one rulebook: a registry file, its expected rejects and expected verdicts.</summary>
internal sealed class Cases(string version)
{
    public static readonly IdentityDigester Digester = new(new byte[IdentityDigester.MinKeySize]);

    /// <summary>The newest rulebook.</summary>
    public static readonly Rulebook Rulebook = RulebookLibrary.Embedded.All[^1];

    /// <summary>The rulebook of these cases.</summary>
    public Rulebook Own { get; } = RulebookLibrary.Embedded.Find(version)!;

    public IEnumerable<(long Line, byte[] Text)> Events()
    {
        var lines = File.ReadAllText(PathOf("events.ndjson")).TrimEnd('\n').Split('\n');
        return lines.Select((text, index) => ((long)index + 1, System.Text.Encoding.UTF8.GetBytes(text)));
    }

    public IEnumerable<JsonElement> Verdicts() => Read("verdicts.ndjson");

    public IEnumerable<(long Line, string Code)> Rejects() =>
        Read("rejects.ndjson").Select(line => (line.GetProperty("line").GetInt64(), line.GetProperty("code").GetString()!));

    /// <summary>The registry file loaded: each permit's history, and the lines that were rejected.</summary>
    public (IReadOnlyDictionary<PermitNumber, PermitHistory> Histories, IReadOnlyList<RejectedLine> Rejects) Load()
    {
        var parser = new RegistryLineParser(Digester);
        var batch = new BatchAdmission(Own, []);
        foreach (var (line, text) in Events())
        {
            batch.Add(parser.Parse(line, text));
        }

        var histories = batch.Admitted
            .Select((admitted, index) => (admitted.Statement.Permit, Recorded: new RecordedEvent(index + 1, admitted.Statement.Event, default, "cases")))
            .GroupBy(admitted => admitted.Permit)
            .ToDictionary(permit => permit.Key, permit => new PermitHistory(permit.Key, [.. permit.Select(admitted => admitted.Recorded)]));
        return (histories, batch.Rejected);
    }

    private IEnumerable<JsonElement> Read(string file) =>
        File.ReadLines(PathOf(file)).Select(line => JsonDocument.Parse(line).RootElement);

    private string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Cases", version, file);
}
