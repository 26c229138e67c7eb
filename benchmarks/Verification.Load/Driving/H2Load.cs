using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>Drives a server with <c>h2load</c> of nghttp2: one message over and over, a client that costs little. It looks at no answer.</summary>
internal static partial class H2Load
{
    private static readonly string? Path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(':')
        .Select(folder => System.IO.Path.Combine(folder, "h2load"))
        .FirstOrDefault(File.Exists);

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled => Path is not null;

    /// <summary>Makes so many calls of the question's one message.</summary>
    /// <exception cref="InvalidOperationException">It could not be run, or said nothing that can be read.</exception>
    public static async Task<H2LoadResult> RunAsync(Uri address, IQuestion question, Shape shape, int calls)
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, question.OnlyMessage!);
            var start = new ProcessStartInfo(Path!) { RedirectStandardOutput = true, RedirectStandardError = true };
            string[] arguments =
            [
                "-n", Text(calls), "-c", Text(shape.Connections), "-m", Text(shape.Streams), "-t", "1", "-d", file,
                "-H", "content-type: application/grpc", "-H", "te: trailers", "-H", $"authorization: Bearer {question.ApiKey}",
                $"{address}permits.verification.v1.VerificationService/{question.Rpc}",
            ];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return Read(output)
                ?? throw new InvalidOperationException($"h2load could not be read:\n{output}{await errors}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Reads what it prints.</summary>
    public static H2LoadResult? Read(string output)
    {
        var (requests, codes, traffic, finished) = (Requests().Match(output), Codes().Match(output), Traffic().Match(output), Finished().Match(output));
        return requests.Success && codes.Success && traffic.Success && finished.Success
            ? new H2LoadResult(Number(requests), Number(codes), Number(traffic), Duration(finished))
            : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(Match match) => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static TimeSpan Duration(Match match)
    {
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(value),
            "ms" => TimeSpan.FromMilliseconds(value),
            _ => TimeSpan.FromSeconds(value),
        };
    }

    [GeneratedRegex(@"^requests: .* (\d+) succeeded", RegexOptions.Multiline)]
    private static partial Regex Requests();

    [GeneratedRegex(@"^status codes: (\d+) 2xx", RegexOptions.Multiline)]
    private static partial Regex Codes();

    [GeneratedRegex(@"^traffic: .* \S+ \((\d+)\) data", RegexOptions.Multiline)]
    private static partial Regex Traffic();

    [GeneratedRegex(@"^finished in ([\d.]+)(us|ms|s),", RegexOptions.Multiline)]
    private static partial Regex Finished();
}
