using System.CommandLine;
using Verification.Audit.Keys;
using Verification.Audit.Storing;
using Verification.Audit.Verifying;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit verify</c>: is the log as it was written?</summary>
internal sealed class AuditVerifyCommand
{
    private readonly Argument<string?> _folder = new("FOLDER")
    {
        Description = Say("A node's audit folder, or an exported one. The node may be at work.", "节点的审计目录或导出的目录；节点可以正在运行。"),
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string[]> _keys = AuditKeyOption.Create();
    private readonly Option<string> _database = AuditDatabaseOption.Create();

    private AuditVerifyCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var verify = new AuditVerifyCommand();
        var command = new Command(
            "verify",
            Say("Checks an audit log, its files, the database or both: finds any altered, missing, doubled or reordered block and says where. Asks no service.", "核验审计日志（文件、数据库或两者）：找出被改动、缺失、重复或乱序的块及其位置。不访问服务。"))
        {
            verify._folder, verify._keys, verify._database,
        };
        runner.Register(command, verify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = context.Parse.GetValue(_folder);
        await using var database = context.Database(_database);
        if (folder is null && database is null)
            throw new UsageException(Say("name a FOLDER, a --database, or both", "请指定 FOLDER、--database 或两者"));
        AuditVerification verification;
        try
        {
            verification = await VerifyAsync(folder, database, new KeyRing(context.Parse.Keys(_keys)), cancellationToken);
        }
        catch (AuditDatabaseException away)
        {
            context.Errors.Write(away.Message);
            return ExitCode.CouldNotTell;
        }
        if (verification.Logs.IsEmpty)
            throw new UsageException(Say("there is no audit log", "没有审计日志"));
        if (context.Json)
            context.Terminal.Output.WriteLine(VerificationJson.Of(verification).ToJsonString());
        else
            VerificationView.Write(context.Terminal.CreateOutputConsole(), verification);
        return verification.ExitCode;
    }

    private static async Task<AuditVerification> VerifyAsync(
        string? folder, AuditDatabase? database, KeyRing keys, CancellationToken cancellationToken)
    {
        var logs = new List<VerifiedLog>();
        if (folder is not null)
            logs.AddRange(new AuditVerifier(keys).Verify(folder, cancellationToken).Select(VerifiedLog.Of));
        if (database is not null)
            logs.AddRange((await database.VerifyAsync(keys, cancellationToken)).Select(VerifiedLog.Of));
        return new AuditVerification(
            [.. logs], folder is null || database is null ? [] : await database.CompareAsync(folder, cancellationToken));
    }
}
