using System.Security.Cryptography;
using System.Text;
using Verification.Core.Rules.Codes;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;

namespace Verification.Server.Tests.Support;

/// <summary>The consumers of a server under test: one of each class, whose key is its name; limits that no test reaches unless it means to.</summary>
internal static class TestConsumers
{
    public const string Authority = "authority";

    private const int Plenty = 1_000_000;

    private static readonly (string Name, string Class)[] All =
    [
        ("housing", "housing_registry"), ("vehicle", "vehicle_lottery"), ("school", "school"), (Authority, "issuing_authority"),
    ];

    public static IEnumerable<string> Arguments =>
        from consumer in All
        from setting in Settings(consumer.Name, consumer.Class)
        select $"--Verification:Consumers:{consumer.Name}:{setting}";

    public static string DigestOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The name of the consumer of a class.</summary>
    public static string Of(ConsumerClass consumerClass) => All[(int)consumerClass - 1].Name;

    /// <summary>The arguments of one more consumer, a school with these settings.</summary>
    public static IEnumerable<string> School(string name, params string[] settings) =>
        ((string[])["Class=school", "Roles:0=verify", .. settings]).Select(setting => $"--Verification:Consumers:{name}:{setting}");

    /// <summary>An asker outside any server.</summary>
    public static Asker Asker(ConsumerClass consumerClass, ConsumerLimits? limits = null, TimeProvider? clock = null)
    {
        var name = Of(consumerClass);
        var budget = new Budget(name, limits ?? ConsumerLimits.Default, clock ?? TimeProvider.System);
        return new Asker(
            ApiKey.FromText(name)!,
            new AccessDecision(ConsumerSet.Empty, new Consumer(name, consumerClass, ConsumerRoles.Verify, budget), Validity.Always));
    }

    private static IEnumerable<string> Settings(string name, string consumerClass)
    {
        string[] roles = name == Authority ? ["verify", "register", "audit", "operate"] : ["verify"];
        return
        [
            $"Class={consumerClass}",
            $"Keys:0:Sha256={DigestOf(name)}",
            $"Limits:ChecksPerSecond={Plenty}",
            $"Limits:CheckBurst={Plenty}",
            $"Limits:UnknownPerMinute={Plenty}",
            $"Limits:UnknownBurst={Plenty}",
            $"Limits:WrongGuessesPerDay={(name == Authority ? 1_000 : ConsumerLimits.Default.WrongGuessesPerDay)}",
            .. roles.Select((role, i) => $"Roles:{i}={role}"),
        ];
    }
}
