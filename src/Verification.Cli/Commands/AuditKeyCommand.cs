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
        var file = new Argument<string>("FILE") { Description = "Where the key is to be: a new file, which its owner alone may read." };
        var command = new Command("key", "Makes the key that a node signs its audit log with.") { file };
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
        output.WriteLine($"Key  {key.Id}");
        output.WriteLine();
        output.WriteLine("The file is a secret: who has it can forge the log. Name it in Verification:Audit:SigningKeyFile.");
        output.WriteLine("Who examines the log needs this public key:");
        output.WriteLine(key.PublicKey.ToPem());
    }
}
