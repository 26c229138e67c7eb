using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Verification.Load.MadeUp;
using Verification.Load.Measuring;
using Verification.Load.Questions;
using Verification.Load.Scenarios;
using Verification.Load.Servers;

namespace Verification.Load.Commands;

/// <summary>
/// <c>file</c>: a lottery's night. <c>permitctl verify --file</c> asks about a file of numbers, some of which no permit has, and the service that
/// answers runs on the same machine with all permits in memory. Each round is a run of the program from its start to its end.
/// </summary>
internal static class FileCommand
{
    private const double PartUnknown = 0.05;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var permits = new Option<int>("--permits") { Description = "How many permits.", DefaultValueFactory = _ => 1_000_000 };
        var numbers = new Option<int>("--numbers") { Description = "How many numbers are asked about.", DefaultValueFactory = _ => 3_000_000 };
        var rounds = new Option<int>("--rounds") { Description = "How many rounds, of which the first only warms up.", DefaultValueFactory = _ => 6 };
        var command = new Command("file", "Measures permitctl and the service on a file of numbers, end to end.") { permits, numbers, rounds };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(permits), parsed.GetValue(numbers), parsed.GetValue(rounds)));
        return command;
    }

    private static async Task<int> RunAsync(int permits, int numbers, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("verification-file-").FullName;
        try
        {
            await using var fleet = new Fleet(folder, permits);
            var (ground, _) = await Preparation.MakeAsync(fleet, folder, permits, Console.WriteLine);
            await fleet.EndAsync(ServiceKind.Usual);
            var service = await fleet.SetAsync("filled", "--Verification:Lookup:Memory:Preload=true");
            var file = Path.Combine(folder, "numbers.txt");
            var expected = Write(file, ground, numbers);
            for (var round = 0; round < rounds; round++)
            {
                var before = await service.ReadAsync();
                var (startedAt, itsCpu) = (Stopwatch.GetTimestamp(), ChildTime.Total);
                var record = await AskAsync(service.Address, file, Path.Combine(folder, $"verdicts-{round}.csv"));
                var took = Stopwatch.GetElapsedTime(startedAt);
                var used = await service.ReadAsync() - before;
                Demand(record, expected, numbers);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(round == 0 ? "warm-up" : $"round {round}")}: {numbers / took.TotalSeconds:N0} checks/s end to end in {took.TotalSeconds:F1} s; processor time a check: service {used.CpuMicroseconds / numbers:F2} µs, permitctl {(ChildTime.Total - itsCpu).TotalMicroseconds / numbers:F2} µs; from memory {used.Count("verification.lookups/memory"):N0}; service {ResidentMegabytes(service):F0} MB, at most {ResidentMegabytes(service, "VmHWM"):F0}"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes numbers at random, and tells how many must get which status.</summary>
    private static Dictionary<string, long> Write(string path, Ground ground, int numbers)
    {
        var chance = new Random(17);
        var ofStories = Enumerable.Range(0, Story.Count).Select(story => NameOf(ground.Vehicle.Verdict(MadeUpPermits.NumberOf(story)).Status)).ToArray();
        var unknown = NameOf(ground.Vehicle.Verdict(MadeUpPermits.UnknownNumber(0)).Status);
        var expected = new Dictionary<string, long>(StringComparer.Ordinal);
        using var file = new StreamWriter(path);
        for (var i = 0; i < numbers; i++)
        {
            var index = chance.Next(ground.Count);
            var isUnknown = chance.NextDouble() < PartUnknown;
            file.WriteLine(isUnknown ? MadeUpPermits.UnknownNumber(index) : MadeUpPermits.NumberOf(index));
            var status = isUnknown ? unknown : ofStories[index % Story.Count];
            expected[status] = expected.GetValueOrDefault(status) + 1;
        }

        return expected;
    }

    private static string NameOf<T>(T status)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString());

    private static async Task<JsonElement> AskAsync(Uri address, string file, string verdicts)
    {
        using var permitctl = Process.Start(new ProcessStartInfo(
            "dotnet", [Files.Permitctl, "verify", "--file", file, "--out", verdicts, "--address", address.ToString(), "--api-key", Keys.Vehicle])
        { RedirectStandardError = true })!;
        var said = await permitctl.StandardError.ReadToEndAsync();
        await permitctl.WaitForExitAsync();
        if (permitctl.ExitCode != 0)
        {
            throw new InvalidOperationException($"permitctl ended with {permitctl.ExitCode}:\n{said}");
        }

        using var record = JsonDocument.Parse(await File.ReadAllBytesAsync(verdicts + ".round.json"));
        File.Delete(verdicts);
        return record.RootElement.Clone();
    }

    /// <exception cref="InvalidOperationException">A row has no verdict, or another than its permit's.</exception>
    private static void Demand(JsonElement record, Dictionary<string, long> expected, int numbers)
    {
        var statuses = record.GetProperty("statuses").EnumerateObject().ToDictionary(status => status.Name, status => status.Value.GetInt64());
        if (!record.GetProperty("complete").GetBoolean()
            || record.GetProperty("rows").GetInt64() != numbers
            || record.GetProperty("errors").EnumerateObject().Any()
            || statuses.Count != expected.Count
            || expected.Any(status => statuses.GetValueOrDefault(status.Key) != status.Value))
        {
            throw new InvalidOperationException($"The round is not what it should be: {record}");
        }
    }

    private static double ResidentMegabytes(ServerProcess server, string line = "VmRSS") => File.ReadLines($"/proc/{server.Id}/status")
        .Where(it => it.StartsWith(line, StringComparison.Ordinal))
        .Select(it => double.Parse(it.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .Single();
}
