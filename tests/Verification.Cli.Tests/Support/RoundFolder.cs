using System.Text;
using System.Text.Json;

namespace Verification.Cli.Tests.Support;

/// <summary>A service with a made-up register, and a folder with a file of numbers and what a round makes of it.</summary>
internal sealed class RoundFolder : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("permitctl-tests-");

    private RoundFolder(CommandLine cli)
    {
        Cli = cli;
        Cli.Clock = Time;
        Cli.Script.Stream = Register.Answer;
    }

    public CommandLine Cli { get; }

    public ImpatientTime Time { get; } = new();

    public FakeRegister Register { get; } = new();

    public string Output => PathOf("verdicts.csv");

    public string Verdicts => Text("verdicts.csv");

    /// <summary>The output's rows as their cells, without the header. None of them has a comma in quotes.</summary>
    public string[][] Rows => [.. Verdicts.Split("\r\n")[1..^1].Select(line => line.Split(','))];

    /// <summary>The JSON beside the output.</summary>
    public JsonElement Record => JsonDocument.Parse(Text("verdicts.csv.round.json")).RootElement;

    public static async Task<RoundFolder> StartAsync() => new(await CommandLine.StartAsync());

    /// <summary>So many numbers, one a line: every twentieth is unknown, every fiftieth no number.</summary>
    public static string Numbers(int count)
    {
        var text = new StringBuilder();
        for (var row = 1; row <= count; row++)
            text.Append(row % 50 == 0 ? "BAD" : row % 20 == 0 ? "NO" : "BJ").Append(System.Globalization.CultureInfo.InvariantCulture, $"{row:D8}\n");
        return text.ToString();
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Text(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Writes a file of numbers, and asks about it.</summary>
    public Task<CommandResult> VerifyAsync(string input, params string[] options) => VerifyAsync("numbers.txt", Encoding.UTF8.GetBytes(input), options);

    /// <summary>Writes a file of numbers, and asks about it.</summary>
    public async Task<CommandResult> VerifyAsync(string name, byte[] input, params string[] options)
    {
        await File.WriteAllBytesAsync(PathOf(name), input);
        return await Cli.RunAsync(["verify", "--file", PathOf(name), "--out", Output, "--entitlement", "home_purchase", .. options]);
    }

    public async ValueTask DisposeAsync()
    {
        await Cli.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
