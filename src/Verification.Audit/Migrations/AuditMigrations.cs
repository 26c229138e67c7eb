using System.Reflection;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;

namespace Verification.Audit.Migrations;

/// <summary>Brings the audit database's tables up to date: the scripts beside this file, each once, in order of name.</summary>
internal static class AuditMigrations
{
    /// <summary>Runs the scripts of a store's folder that the database has not seen.</summary>
    /// <returns>Why it failed, having changed nothing; null where it did not.</returns>
    public static Exception? Run(UpgradeEngineBuilder database, string folder)
    {
        var engine = Engine(database, folder);
        return engine.IsUpgradeRequired() ? engine.PerformUpgrade().Error : null;
    }

    private static UpgradeEngine Engine(UpgradeEngineBuilder database, string folder)
    {
        var prefix = $"{typeof(AuditMigrations).Namespace}.{folder}.";
        return database
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.StartsWith(prefix, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build();
    }
}
