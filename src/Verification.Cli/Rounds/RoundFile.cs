using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Cli.Rounds;

/// <summary>The JSON beside the output: always whole, as it was before or as it is now.</summary>
internal sealed partial class RoundFile(string output)
{
    public string Path { get; } = output + ".round.json";

    /// <summary>What it says; null where there is none.</summary>
    /// <exception cref="RoundException">It is no round's.</exception>
    public RoundRecord? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path), Json.Default.RoundRecord);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            throw new RoundException(Say($"{Path} is not what a round writes", $"{Path} 不是批次写入的文件"));
        }
    }

    public void Write(RoundRecord record)
    {
        var next = Path + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, record, Json.Default.RoundRecord);
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }
        File.Move(next, Path, overwrite: true);
    }

    /// <summary>A record on one line, as <c>--json</c> prints it.</summary>
    public static string ToLine(RoundRecord record) => JsonSerializer.Serialize(record, Line.Default.RoundRecord);

    [JsonSerializable(typeof(RoundRecord))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
    private sealed partial class Json : JsonSerializerContext;

    [JsonSerializable(typeof(RoundRecord))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    private sealed partial class Line : JsonSerializerContext;
}
