using System.Reflection;

namespace Verification.Page.Tests.Support;

/// <summary>Where the build put what the tests need.</summary>
internal static class Metadata
{
    public static string Server => Of("server");

    public static string WebRoot => Of("wwwroot");

    private static string Of(string key) =>
        typeof(Metadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
