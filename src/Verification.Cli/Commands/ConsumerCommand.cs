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
        var name = new Option<string>("--name") { Description = Say("The consumer's name, for the line to configure.", "调用方名称，用于要写入配置的那一行。"), HelpName = "NAME" };
        var newKey = new Command("new-key", Say("Makes an API key and the digest to configure for it.", "生成 API 密钥及写入配置的摘要。")) { name };
        runner.Register(newKey, (context, _) =>
        {
            var consumer = context.Parse.Text(name);
            if (consumer is not null && !Name().IsMatch(consumer))
                throw new UsageException(Say("--name must be a letter a-z, then up to 63 letters, digits or hyphens", "--name 必须以字母 a-z 开头，其后最多 63 个字母、数字或连字符"));
            Write(context, consumer);
            return Task.FromResult(ExitCode.Answered);
        });
        return new Command("consumer", Say("Makes what consumers are let in by.", "生成调用方的凭据。")) { newKey };
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
        output.WriteLine(Say($"Key      {key}", $"密钥     {key}"));
        output.WriteLine($"SHA-256  {sha256}");
        output.WriteLine();
        output.WriteLine(Say("The key is shown only now: give it to the caller and keep it nowhere else.", "密钥只显示这一次：请交给调用方，不要另行保存。"));
        output.WriteLine(Say(consumer is null ? "Into the consumer's \"keys\":" : $"Into the consumers file, under \"{consumer}\":", consumer is null ? "写入该调用方的 \"keys\"：" : $"写入调用方文件的 \"{consumer}\" 之下："));
        output.WriteLine(consumer is null ? $"  {entry}" : $"  \"keys\": [{entry}]");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex Name();
}
