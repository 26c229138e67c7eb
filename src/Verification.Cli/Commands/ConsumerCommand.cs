using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl consumer new-key</c>: makes an API key. It asks no service and writes no file.</summary>
internal static partial class ConsumerCommand
{
    private const string Prefix = "pv_";
    private const int KeyBytes = 32;

    public static Command Create(CommandRunner runner)
    {
        var name = new Option<string>("--name") { Description = "The consumer's name, for the line to configure.", HelpName = "NAME" };
        var newKey = new Command("new-key", "Makes an API key and the digest to configure for it.") { name };
        runner.Register(newKey, (context, _) =>
        {
            var consumer = context.Parse.Text(name);
            if (consumer is not null && !Name().IsMatch(consumer))
                throw new UsageException("--name must be a letter a-z, then up to 63 letters, digits or hyphens");
            Write(context, consumer);
            return Task.FromResult(ExitCode.Answered);
        });
        return new Command("consumer", "Makes what consumers are let in by.") { newKey };
    }

    private static void Write(CommandContext context, string? consumer)
    {
        var key = Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var output = context.Terminal.Output;
        if (context.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { name = consumer, key, sha256 }));
            return;
        }
        var entry = $$"""{ "sha256": "{{sha256}}" }""";
        output.WriteLine($"Key      {key}");
        output.WriteLine($"SHA-256  {sha256}");
        output.WriteLine();
        output.WriteLine("The key is shown only now: give it to the caller and keep it nowhere else.");
        output.WriteLine(consumer is null ? "Into the consumer's \"keys\":" : $"Into the consumers file, under \"{consumer}\":");
        output.WriteLine(consumer is null ? $"  {entry}" : $"  \"keys\": [{entry}]");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex Name();
}
