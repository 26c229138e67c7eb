using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Server.Tests.Access;

/// <summary>Policy §9 as it stands there, so that what the server allows is held to the text and not to the server's own data.</summary>
internal static class PolicyTable
{
    private const string Text = """
        | housing registry | `HOME_PURCHASE`, `AFFORDABLE_HOUSING`, `OWNER_OCCUPIED_HOUSING_LOTTERY` |
        | vehicle lottery | `VEHICLE_LOTTERY`, `VEHICLE_REGISTRATION`, `DRIVING_LICENCE` |
        | school | `SCHOOL_ENROLLMENT`, `HIGHER_VOCATIONAL_EXAM`, `UNIVERSITY_ENTRANCE_EXAM` |
        | issuing authority | all |
        """;

    private static readonly Dictionary<ConsumerClass, HashSet<Entitlement>> Rows = Text
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => Code<ConsumerClass>(cells[1].ToUpperInvariant().Replace(' ', '_')), cells => Entitlements(cells[2]));

    public static IEnumerable<ConsumerClass> Classes => Rows.Keys;

    public static bool MaySee(ConsumerClass consumerClass, Entitlement entitlement) => Rows[consumerClass].Contains(entitlement);

    private static HashSet<Entitlement> Entitlements(string cell) => cell == "all"
        ? [.. Enum.GetValues<Entitlement>()]
        : [.. cell.Split(',').Select(name => Code<Entitlement>(name.Trim(' ', '`')))];

    private static TEnum Code<TEnum>(string name)
        where TEnum : struct, Enum
    {
        Assert.True(CodeNames.TryParse<TEnum>(name, out var value), name);
        return value;
    }
}
