using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Verification.Cli.Export;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl registry backup</c>: copies the embedded registry, also while the service runs.</summary>
internal sealed class BackupCommand
{
    private readonly Argument<string> _destination = new("FILE")
    {
        Description = Say("The backup, a file that is not there yet.", "备份文件，须尚不存在。"),
    };
    private readonly Option<string> _data = new("--data")
    {
        Description = Say(
            "The service's data folder (Verification:DataDirectory), on this machine. Default: data.",
            "本机上服务的数据目录（Verification:DataDirectory）。默认 data。"),
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "data",
    };

    private BackupCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var backup = new BackupCommand();
        var command = new Command("backup", Say(
            "Backs up the embedded registry: whole, as of one instant, also while the service records, and read again to its end. Asks no service. A registry on SQL Server is backed up there.",
            "备份内嵌登记系统：为同一时刻的完整副本，服务运行中也可进行，写完后会完整读回核对。不访问服务。SQL Server 上的登记系统在该服务器上备份。"))
        {
            backup._destination, backup._data,
        };
        runner.Register(command, backup.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var destination = context.Parse.GetRequiredValue(_destination);
        var made = await RegistryBackup.MakeAsync(
            Path.Combine(context.Parse.GetRequiredValue(_data), "registry.db"), destination, cancellationToken);
        if (context.Json)
        {
            context.Terminal.Output.WriteLine(new JsonObject
            {
                ["file"] = destination,
                ["registryId"] = made.RegistryId,
                ["revision"] = made.Revision,
                ["events"] = made.Events,
                ["bytes"] = made.Bytes,
            }.ToJsonString());
            return ExitCode.Answered;
        }
        var facts = Layout.Facts();
        facts.Fact(Say("Backup", "备份"), destination);
        facts.Fact(Say("Registry", "登记系统"), made.RegistryId);
        facts.Fact(Say("Revision", "修订号"), made.Revision.ToString(CultureInfo.InvariantCulture));
        facts.Fact(Say("Events", "事项数"), made.Events.ToString(CultureInfo.InvariantCulture));
        facts.Fact(Say("Bytes", "字节数"), made.Bytes.ToString(CultureInfo.InvariantCulture));
        context.Terminal.CreateOutputConsole().Write(facts);
        return ExitCode.Answered;
    }
}
