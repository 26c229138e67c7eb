using System.CommandLine;
using Verification.Audit.Storing;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>The audit database that a command reads by itself, without the service.</summary>
internal static class AuditDatabaseOption
{
    private const string Variable = "VERIFICATION_AUDIT_DATABASE";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(1);

    public static Option<string> Create() => new("--database")
    {
        Description = Say($"The audit database: its SQLite file, or the connection string of SQL Server. {Variable} keeps a secret off the command line.", $"审计数据库：SQLite 文件，或 SQL Server 连接字符串。用 {Variable} 可避免把密码写在命令行上。"),
        HelpName = "FILE|CONNECTION",
    };

    /// <summary>Opens the database; null where none is named.</summary>
    public static AuditDatabase? Database(this CommandContext context, Option<string> option)
    {
        var named = context.Parse.Text(option) ?? context.Terminal.Variable(Variable);
        if (string.IsNullOrWhiteSpace(named))
            return null;
        try
        {
            return named.Contains('=', StringComparison.Ordinal) ? AuditDatabase.OnSqlServer(named, CallTimeout)
                : File.Exists(named) ? AuditDatabase.OnSqlite(named)
                : throw new UsageException(Say($"--database (or {Variable}) names no file that is there", $"--database（或 {Variable}）指定的文件不存在"));
        }
        catch (ArgumentException)
        {
            // Its message may repeat a secret.
            throw new UsageException(Say($"--database (or {Variable}) is no connection string of SQL Server", $"--database（或 {Variable}）不是 SQL Server 连接字符串"));
        }
    }
}
