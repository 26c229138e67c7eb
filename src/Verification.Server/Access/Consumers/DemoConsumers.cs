namespace Verification.Server.Access.Consumers;

/// <summary>The consumers of the demo; the key of each equals its name.</summary>
internal static class DemoConsumers
{
    /// <summary>Who has all roles.</summary>
    public const string Authority = "demo-authority";

    private static readonly (string Name, string Class)[] All =
    [
        ("demo-housing", "housing_registry"),
        ("demo-vehicle", "vehicle_lottery"),
        ("demo-school", "school"),
        (Authority, "issuing_authority"),
    ];

    // The demo's authority loads whole files and asks about everything in them. The others have the defaults, to be tried out.
    private static readonly (string Name, string Value)[] AuthorityLimits =
    [
        ("ChecksPerSecond", "1000000"),
        ("CheckBurst", "1000000"),
        ("UnknownPerMinute", "1000000"),
        ("UnknownBurst", "1000000"),
        ("WrongGuessesPerDay", "1000"),
        ("TrackedPermits", "1000000"),
    ];

    /// <summary>Their names, which are their keys.</summary>
    public static IEnumerable<string> Names => All.Select(consumer => consumer.Name);

    /// <summary>Their settings.</summary>
    /// <param name="section">The section of consumers.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Settings(string section)
    {
        foreach (var (name, consumerClass) in All)
        {
            yield return new($"{section}:{name}:Class", consumerClass);
            yield return new($"{section}:{name}:Keys:0:Sha256", DigestOf(name));
            string[] roles = name == Authority ? ["verify", "register", "audit", "operate"] : ["verify"];
            for (var i = 0; i < roles.Length; i++)
            {
                yield return new($"{section}:{name}:Roles:{i}", roles[i]);
            }
        }

        foreach (var (name, value) in AuthorityLimits)
        {
            yield return new($"{section}:{Authority}:Limits:{name}", value);
        }
    }

    private static string DigestOf(string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
}
