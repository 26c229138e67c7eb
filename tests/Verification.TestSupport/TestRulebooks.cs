using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Verification.Core.Rules.Rulebooks;

namespace Verification.TestSupport;

/// <summary>
/// A second rulebook that is no part of the product: rulebook 2026.1 but for a term of 48 months since 2025-07-01 in place of 36,
/// home purchase conditional for holders of a work residence permit, and no affordable housing for the housing registry to see.
/// </summary>
public static class TestRulebooks
{
    public const string First = "2026.1";
    public const string Second = "test.2";

    /// <summary>The first rulebook, and the second from a date on.</summary>
    public static RulebookLibrary Library(DateOnly secondFrom)
    {
        var first = RulebookLibrary.Embedded.Find(First)!;
        return new RulebookLibrary([ReadSecond(secondFrom), first]);
    }

    private static Rulebook ReadSecond(DateOnly effectiveFrom)
    {
        using var json = typeof(Rulebook).Assembly.GetManifestResourceStream($"rulebook-{First}.json")!;
        var file = JsonNode.Parse(json)!;
        file["version"] = Second;
        file["effective_from"] = effectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Named(file["parameters"]!, "name", "work_residence_permit.term")["values"]![1]!["months"] = 48;
        Named(file["entitlement_tables"]![0]!["rows"]!, "entitlement", "HOME_PURCHASE")["work_residence_permit"] = "CONDITIONAL/FURTHER_RULES";
        var seen = Named(file["consumer_classes"]!, "class", "HOUSING_REGISTRY")["entitlements"]!.AsArray();
        Assert.True(seen.Remove(seen.Single(entitlement => (string?)entitlement == "AFFORDABLE_HOUSING")));
        return RulebookReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString())), Second);
    }

    private static JsonNode Named(JsonNode entries, string property, string name) =>
        entries.AsArray().Single(entry => (string?)entry![property] == name)!;
}
