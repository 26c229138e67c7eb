using System.CommandLine;
using System.Text.Json;
using Verification.Audit.Keys;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit key</c>: makes the key that a node signs its audit log with. It asks no service.</summary>
internal static class AuditKeyCommand
{
    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = Say("Where the key is to be: a new file, which its owner alone may read.", "密钥存放位置：一个新文件，只有所有者可读。") };
        var command = new Command("key", Say("Makes the key that a node signs its audit log with.", "生成节点为审计日志签名的密钥。")) { file };
        runner.Register(command, (context, _) =>
        {
            using var key = SigningKey.Create();
            key.Write(context.Parse.Text(file));
            Write(context, key);
            return Task.FromResult(ExitCode.Answered);
        });
        return command;
    }

    private static void Write(CommandContext context, SigningKey key)
    {
        var output = context.Terminal.Output;
        if (context.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { id = key.Id.ToString(), public_key = key.PublicKey.ToPem() }));
            return;
        }
        output.WriteLine(Say($"Key  {key.Id}", $"密钥  {key.Id}"));
        output.WriteLine();
        output.WriteLine(Say("The file is a secret: who has it can forge the log. Name it in Verification:Audit:SigningKeyFile.", "该文件是机密：持有者可以伪造日志。请在 Verification:Audit:SigningKeyFile 中指定它。"));
        output.WriteLine(Say("Who examines the log needs this public key:", "审查日志的人员需要这个公钥："));
        output.WriteLine(key.PublicKey.ToPem());
    }
}
