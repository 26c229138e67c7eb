using System.Reflection;

namespace Verification.Load.Servers;

/// <summary>The programs and folders that the build knows.</summary>
internal static class Files
{
    /// <summary>The service, as it is built.</summary>
    public static string Service { get; } = PathOf("server");

    /// <summary>The command line, as it is built.</summary>
    public static string Permitctl { get; } = PathOf("permitctl");

    /// <summary>This program.</summary>
    public static string Load { get; } = PathOf("load");

    /// <summary>The repository.</summary>
    public static string Repository { get; } = PathOf("repository");

    /// <summary>The consumers of every service measured: limits above any load.</summary>
    public static string Consumers { get; } = Path.Combine(Path.GetDirectoryName(Load)!, "Servers", "consumers.json");

    private static string PathOf(string key) =>
        Path.GetFullPath(typeof(Files).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!);
}
