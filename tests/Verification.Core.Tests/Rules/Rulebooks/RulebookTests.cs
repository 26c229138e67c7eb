using System.Text;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Tests.Rules.Rulebooks;

public sealed class RulebookTests
{
    [Fact]
    public void On_AnyDate_IsARulebookThatIsFoundByItsVersion()
    {
        var rulebook = RulebookLibrary.Embedded.On(new DateOnly(2026, 11, 22));

        Assert.Equal("2026.1", rulebook.Version);
        Assert.Same(rulebook, RulebookLibrary.Embedded.Find("2026.1"));
        Assert.Same(RulebookLibrary.Embedded.All[0], RulebookLibrary.Embedded.On(DateOnly.MinValue));
        Assert.Null(RulebookLibrary.Embedded.Find("1999.1"));
    }

    [Fact]
    public void All_Rulebooks_NameASourceForEveryParameterRowAndRemedy() => Assert.All(RulebookLibrary.Embedded.All, rulebook =>
    {
        Assert.All(rulebook.Parameters.SelectMany(parameter => parameter.Values), value => Assert.Matches(@"^(\[(A|B|C|D|R|P)[^\]]*\])+$", value.Source));
        Assert.All(rulebook.Entitlements.Values.SelectMany(table => table.Value.Cells), cell => Assert.Matches(@"^(\[(A|B|C|D|R|P)[^\]]*\])+$", cell.Source));
        Assert.All(rulebook.Remedies, remedy => Assert.Matches(@"^(\[(A|B|C|D|R|P)[^\]]*\])+$", remedy.Source));
        Assert.All(rulebook.Procedures, procedure => Assert.Matches(@"^(\[(A|B|C|D|R|P)[^\]]*\])+$", procedure.Source));
    });

    [Theory]
    [InlineData(ConsumerClass.HousingRegistry, "HOME_PURCHASE AFFORDABLE_HOUSING OWNER_OCCUPIED_HOUSING_LOTTERY", StandingView.Restricted)]
    [InlineData(ConsumerClass.VehicleLottery, "VEHICLE_LOTTERY DRIVING_LICENCE VEHICLE_REGISTRATION", StandingView.Restricted)]
    [InlineData(ConsumerClass.School, "SCHOOL_ENROLLMENT HIGHER_VOCATIONAL_EXAM UNIVERSITY_ENTRANCE_EXAM", StandingView.Restricted)]
    [InlineData(ConsumerClass.IssuingAuthority, null, StandingView.Authority)]
    public void ScopeOf_EveryClass_IsThePolicys(ConsumerClass consumerClass, string? codes, StandingView view)
    {
        Assert.All(RulebookLibrary.Embedded.All, rulebook =>
        {
            var scope = rulebook.ScopeOf(consumerClass);
            var all = Enum.GetValues<Entitlement>().Where(entitlement => entitlement != Entitlement.EmployerFiling || rulebook.Version != "2026.1");
            var expected = codes?.Split(' ') ?? all.Select(CodeNames.NameOf);
            Assert.Equal(expected, scope.Entitlements.Select(CodeNames.NameOf));
            Assert.Equal(view, scope.View);
            Assert.Matches(@"^\[P\]$", scope.Source);
            Assert.All(
                Enum.GetValues<Entitlement>(),
                entitlement => Assert.Equal(codes is null || scope.Entitlements.Contains(entitlement), scope.Contains(entitlement)));
        });
    }

    [Fact]
    public void Remedies_EveryReason_HasOneForEveryKindThatCanShowIt()
    {
        var reasons = Enum.GetValues<StatusReasons>().Where(reason => reason != StatusReasons.None);

        Assert.All(reasons, reason => Assert.Contains(RulebookLibrary.Embedded.All[^1].Remedies, remedy => remedy.Reason == reason));
    }

    [Theory]
    [InlineData("work_residence_permit.term", "24 months, 36 months from 2025-07-01")]
    [InlineData("work_residence_permit.renewal_opens", "1 month")]
    [InlineData("work_residence_permit.inspection_opens", "1 April")]
    [InlineData("work_residence_permit.inspection_closes", "1 May")]
    [InlineData("work_residence_permit.renewable_while_frozen", "no")]
    public void Parameters_OfTheFirstRulebook_AreReadAsAPersonReadsThem(string name, string expected)
    {
        var values = RulebookLibrary.Embedded.All[0].Parameters.Single(parameter => parameter.Name == name).Values;

        Assert.Equal(
            expected,
            string.Join(", ", values.Select(value => value.From == DateOnly.MinValue ? value.Value : $"{value.Value} from {value.From:yyyy-MM-dd}")));
    }

    [Theory]
    [InlineData("\"months\": 24, ", "")]
    [InlineData("\"work_residence_permit.term\"", "\"work_residence_permit.length\"")]
    [InlineData("\"from\": \"2025-07-01\"", "\"from\": \"0001-01-01\"")]
    [InlineData("\"from\": \"2025-07-01\"", "\"since\": \"2025-07-01\"")]
    [InlineData("CONFERRED/CITIZEN_TREATMENT", "CONFERRED")]
    [InlineData("CONFERRED/CITIZEN_TREATMENT", "GRANTED/CITIZEN_TREATMENT")]
    [InlineData("\"entitlement\": \"HOME_PURCHASE\"", "\"entitlement\": \"VEHICLE_LOTTERY\"")]
    [InlineData("\"class\": \"SCHOOL\"", "\"class\": \"HOUSING_REGISTRY\"")]
    [InlineData("[\"SCHOOL_ENROLLMENT\", \"HIGHER", "[\"HIGHER_VOCATIONAL_EXAM\", \"HIGHER")]
    [InlineData("\"reason\": \"LAPSED\"", "\"reason\": \"LAPSING\"")]
    [InlineData("\"day\": \"04-01\"", "\"day\": \"02-29\"")]
    public void Read_DamagedRulebook_IsRefused(string good, string bad)
    {
        using var resource = typeof(Rulebook).Assembly.GetManifestResourceStream("rulebook-2026.1.json")!;
        var text = new StreamReader(resource).ReadToEnd();
        Assert.Contains(good, text, StringComparison.Ordinal);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        var damaged = text[..at] + bad + text[(at + good.Length)..];

        var refused = Assert.Throws<InvalidDataException>(() => RulebookReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(damaged)), "the file"));

        Assert.StartsWith("Rulebook the file: ", refused.Message, StringComparison.Ordinal);
    }
}
