using System.Reflection;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Verification.Core.Registry;

namespace Verification.Storage.Migrations;

/// <summary>Brings a registry's tables up to date: the scripts beside this file, each once, in order of name.</summary>
internal static class RegistryMigrations
{
    /// <summary>Whether the database has seen every script of a store's folder. Changes nothing.</summary>
    public static bool AreDone(UpgradeEngineBuilder database, string folder) => !Engine(database, folder).IsUpgradeRequired();

    /// <summary>Runs the scripts of a store's folder that the database has not seen.</summary>
    /// <exception cref="RegistryUnavailableException">A script failed; it changed nothing.</exception>
    public static void Run(UpgradeEngineBuilder database, string folder)
    {
        var result = Engine(database, folder).PerformUpgrade();
        if (!result.Successful)
        {
            throw new RegistryUnavailableException($"The registry's tables could not be brought up to date: {result.Error.Message}", result.Error);
        }
    }

    private static UpgradeEngine Engine(UpgradeEngineBuilder database, string folder)
    {
        var prefix = $"{typeof(RegistryMigrations).Namespace}.{folder}.";
        return database
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.StartsWith(prefix, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build();
    }
}
