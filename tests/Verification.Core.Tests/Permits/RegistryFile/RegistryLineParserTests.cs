using System.Text;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using static Verification.Core.Permits.RejectCode;

namespace Verification.Core.Tests.Permits.RegistryFile;

/// <summary>Policy §7: form of a line, codes MALFORMED_LINE to INVALID_FIELD.</summary>
public sealed class RegistryLineParserTests
{
    private const string Issued = "\"permit\":\"BJ2024000017\",\"event\":\"issued\",\"on\":\"2024-03-05\"";

    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("{" + Issued)]
    [InlineData("{" + Issued + ",}")]
    [InlineData("{" + Issued + "} {}")]
    [InlineData("{" + Issued + "} // remark")]
    [InlineData("{/**/" + Issued + "}")]
    [InlineData("{'permit':'BJ2024000017'}")]
    [InlineData("{\"event\":\"issued\",\"on\":\"2024-03-05\"}")]
    [InlineData("{\"permit\":\"BJ2024000017\",\"on\":\"2024-03-05\"}")]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"issued\"}")]
    [InlineData("{\"permit\":17,\"event\":\"issued\",\"on\":\"2024-03-05\"}")]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":null,\"on\":\"2024-03-05\"}")]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"issued\",\"on\":null}")]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"issued\",\"on\":{}}")]
    [InlineData("{\"permit\":\"BJ2024000017\",\"permit\":1,\"event\":\"issued\",\"on\":\"2024-03-05\"}")]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"n\":01}")]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"n\":NaN}")]
    [InlineData("{" + Issued + ",\"kind\":\"resi\tdence\"}")]
    [InlineData("\uFEFF{" + Issued + ",\"kind\":\"residence_permit\"}")]
    public void Parse_NoObjectWithTheThreeStrings_IsMalformedLine(string line) => AssertRejected(MalformedLine, line);

    [Fact]
    public void Parse_InvalidUtf8_IsMalformedLineWhereverItStands()
    {
        byte[] line = [.. Encoding.UTF8.GetBytes("{" + Issued + ",\"kind\":\"residence_permit\",\"remark\":\""), 0xC3, 0x28, .. "\"}"u8];

        Assert.Equal(MalformedLine, Parse(line).Rejection?.Code);
    }

    [Theory]
    [InlineData("{\"permit\":\"B!\",\"event\":\"promoted\",\"on\":\"x\"}", UnknownEvent)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"Issued\",\"on\":\"2024-03-05\"}", UnknownEvent)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"\\ud800\",\"on\":\"2024-03-05\"}", UnknownEvent)]
    [InlineData("{\"permit\":\"B!\",\"event\":\"inspected\",\"on\":\"x\"}", MalformedNumber)]
    [InlineData("{\"permit\":\"\\ud800BC123\",\"event\":\"inspected\",\"on\":\"x\"}", MalformedNumber)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"inspected\",\"on\":\"2023-02-29\"}", MalformedDate)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"renewed\",\"on\":\"0000-01-01\"}", MalformedDate)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"renewed\",\"on\":\"2024-3-5\"}", MalformedDate)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"renewed\",\"on\":\"2024-03-05 \"}", MalformedDate)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"renewed\",\"on\":\"２０２４-03-05\"}", MalformedDate)]
    [InlineData("{" + Issued + ",\"applied_on\":null}", MalformedDate)]
    [InlineData("{" + Issued + ",\"kind\":\"temporary_residence_permit\",\"valid_through\":null}", MalformedDate)]
    [InlineData("{" + Issued + ",\"kind\":\"passport\",\"applied_on\":17}", MalformedDate)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"cancellation_deferred\",\"on\":\"2024-03-05\",\"until\":\"soon\"}", MalformedDate)]
    [InlineData("{" + Issued + "}", MissingField)]
    [InlineData("{" + Issued + ",\"kind\":\"temporary_residence_permit\",\"holder_id\":\"1\"}", MissingField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"dependant_added\",\"on\":\"2024-03-05\",\"relation\":\"uncle\"}", MissingField)]
    [InlineData("{" + Issued + ",\"kind\":\"passport\"}", InvalidField)]
    [InlineData("{" + Issued + ",\"kind\":null}", InvalidField)]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"employer\":null}", InvalidField)]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"employer\":\"\\ud800\"}", InvalidField)]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"holder_id\":\"110105199003072339\"}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"dependant_added\",\"on\":\"2024-03-05\",\"relation\":\"holder\",\"id_number\":\"110105199003072338\"}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"inspected\",\"on\":\"2024-03-05\",\"channel\":\"Online\"}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"retained\",\"on\":\"2024-03-05\",\"procedure\":\"holiday\"}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"exchanged\",\"on\":\"2024-03-05\",\"new_permit\":\"JZ\"}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"employment_ended\",\"on\":\"2024-03-05\",\"left_on\":\"2024-03-06\"}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\"}", MissingField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":null}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":0}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":-1}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":1.0}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":1e0}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":2147483648}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":\"1\"}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":[1]}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":true}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"reason\":\"录错\",\"target\":99999999999999999999}", InvalidField)]
    [InlineData("{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"target\":1}", MissingField)]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"holder_document\":\"visa\"}", InvalidField)]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"holder_document\":\"passport\",\"holder_id\":\"E123\"}", InvalidField)]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"holder_id\":\"E1234567\"}", InvalidField)]
    [InlineData("{" + Issued + ",\"kind\":\"employer_registration\"}", InvalidField)]
    public void Parse_BadField_IsTheFirstCodeThatApplies(string line, RejectCode code) => AssertRejected(code, line);

    [Theory]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"valid_through\":17}")]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"until\":null,\"channel\":[{\"a\":1}],\"extra\":{\"permit\":\"x\"}}")]
    [InlineData(" \t{" + Issued + ",\"kind\":\"passport\",\"kind\":\"residence_permit\"}\r ")]
    [InlineData("{" + Issued + ",\"k\\u0069nd\":\"residence\\u005fpermit\"}")]
    [InlineData("{" + Issued + ",\"kind\":\"residence_permit\",\"\\ud800\":1,\"\":\"\\udc00\"}")]
    [InlineData("{\"event\":\"issued\",\"on\":\"2024-03-05\",\"kind\":\"residence_permit\",\"permit\":\"bj-2024 000017\"}")]
    public void Parse_GoodLineInAnyForm_IsTheEvent(string line)
    {
        var parsed = Parse(Encoding.UTF8.GetBytes(line));

        Assert.Null(parsed.Rejection);
        Assert.Equal(Number, parsed.Statement!.Permit);
        Assert.Equal(new Issued(new DateOnly(2024, 3, 5), PermitKind.ResidencePermit), parsed.Statement.Event);
    }

    [Fact]
    public void Parse_DeeplyNestedIgnoredField_IsNotTooDeep()
    {
        var nested = new string('[', 5000) + new string(']', 5000);

        Assert.Null(Parse(Encoding.UTF8.GetBytes("{" + Issued + ",\"kind\":\"residence_permit\",\"extra\":" + nested + "}")).Rejection);
    }

    [Fact]
    public void Parse_EveryEvent_HasItsFields()
    {
        Assert.Equal(new EmploymentEnded(On, On), Event("employment_ended"));
        Assert.Equal(new EmploymentEnded(On, new DateOnly(2024, 3, 1)), Event("employment_ended", ",\"left_on\":\"2024-03-01\""));
        Assert.Equal(new CancellationDeferred(On, new DateOnly(2024, 6, 1), "甲"), Event("cancellation_deferred", ",\"until\":\"2024-06-01\",\"employer\":\"甲\""));
        Assert.Equal(new EmployerChanged(On, string.Empty), Event("employer_changed", ",\"employer\":\"\""));
        Assert.Equal(new Inspected(On, InspectionChannel.Window), Event("inspected", ",\"channel\":\"window\""));
        Assert.Equal(new Retained(On, RetentionProcedure.DependantChange), Event("retained", ",\"procedure\":\"dependant_change\""));
        Assert.Equal(new Exchanged(On, PermitNumber.Parse("JZ2025000001")), Event("exchanged", ",\"new_permit\":\"jz2025-000001\""));
        Assert.Equal(new Cancelled(On, null), Event("cancelled"));
        Assert.Equal(new Cancelled(On, "离京"), Event("cancelled", ",\"reason\":\"离京\""));
        Assert.Equal(new Renewed(On), Event("renewed"));
        Assert.Equal(new Returned(On), Event("returned"));
        Assert.Equal(new Reissued(On), Event("reissued"));
        Assert.Equal(new Endorsed(On), Event("endorsed"));
        Assert.Equal(new Extended(On), Event("extended"));
        Assert.IsType<DependantRemoved>(Event("dependant_removed", ",\"relation\":\"child\",\"id_number\":\"110105201608140014\""));
    }

    [Fact]
    public void Parse_LineAfterARicherOne_KeepsNothingOfIt()
    {
        var parser = new RegistryLineParser(Cases.Digester);
        parser.Parse(1, Encoding.UTF8.GetBytes("{" + Issued + ",\"kind\":\"residence_permit\",\"employer\":\"甲\"}"));

        var second = parser.Parse(2, Encoding.UTF8.GetBytes("{" + Issued + ",\"kind\":\"residence_permit\"}"));

        Assert.Null(Assert.IsType<Issued>(second.Statement?.Event).Employer);
    }

    [Theory]
    [InlineData("110105199003072338")]
    [InlineData("公司11010519491231002x，王先生")]
    [InlineData("王１１０１０５１９９００３０７２３３８")]
    [InlineData("_110105199003072338_")]
    [InlineData("é110105199003072338é")]
    [InlineData("911101087109288314 and 000000000000000001")]
    public void Parse_IdentityNumberInFreeText_IsInvalidField(string text)
    {
        AssertRejected(InvalidField, "{" + Issued + ",\"kind\":\"residence_permit\",\"employer\":\"" + text + "\"}");
        AssertRejected(InvalidField, "{\"permit\":\"BJ2024000017\",\"event\":\"cancelled\",\"on\":\"2024-03-05\",\"reason\":\"" + text + "\"}");
    }

    [Theory]
    [InlineData("110105199003072339")]
    [InlineData("A110105199003072338")]
    [InlineData("1１10105199003072338")]
    [InlineData("110105199003072338Ｘ")]
    [InlineData("110105 199003072338")]
    [InlineData("110105199003070439")]
    [InlineData("统一社会信用代码110105199003070439")]
    public void Parse_OtherNumberInFreeText_IsTheEvent(string text) => Assert.Equal(
        new Cancelled(On, text),
        Event("cancelled", ",\"reason\":\"" + text + "\""));

    [Theory]
    [InlineData("110105199003072338")]
    [InlineData("110105-19491231-002x")]
    [InlineData("１１０１０５１９９００３０７２３３８")]
    public void Parse_IdentityNumberForAPermit_IsMalformedNumberAndSaysWhy(string text)
    {
        var parsed = Parse(Encoding.UTF8.GetBytes($"{{\"permit\":\"{text}\",\"event\":\"renewed\",\"on\":\"2024-03-05\"}}"));

        Assert.Equal(MalformedNumber, parsed.Rejection?.Code);
        Assert.Contains("resident identity number", parsed.Rejection!.Detail.English, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9]{9}", parsed.Rejection.Detail.English);
        AssertRejected(InvalidField, $"{{\"permit\":\"GJ000001\",\"event\":\"exchanged\",\"on\":\"2024-03-05\",\"new_permit\":\"{text}\"}}");
    }

    [Theory]
    [InlineData("holder_id", "110105199003072339")]
    [InlineData("employer", "王110105199003072338")]
    [InlineData("permit", "110105199003072338")]
    [InlineData("permit", "11010519900307233X9999999")]
    public void Parse_RejectedLine_NamesTheFieldAndNotItsValue(string field, string value)
    {
        var line = "{" + Issued + ",\"kind\":\"residence_permit\",\"" + field + "\":\"" + value + "\"}";

        var detail = Parse(Encoding.UTF8.GetBytes(line)).Rejection!.Detail.English;

        Assert.Contains(field, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("1990", detail, StringComparison.Ordinal);
    }

    /// <summary>A person who mends the file reads what is wrong first.</summary>
    [Theory]
    [InlineData("[]", "The line is no JSON object (UTF-8) with the strings 'permit', 'event' and 'on'.")]
    [InlineData("{\"permit\":\"BJ000001\",\"event\":\"moved\",\"on\":\"2024-03-05\"}", "'event' names no event that there is.")]
    [InlineData("{\"permit\":\"B!\",\"event\":\"renewed\",\"on\":\"2024-03-05\"}", "'permit' is no permit number; one has 6 to 24 characters 0-9A-Z, white space and hyphens aside.")]
    [InlineData("{\"permit\":\"110105199003072338\",\"event\":\"renewed\",\"on\":\"2024-03-05\"}", "'permit' is a resident identity number 居民身份证号; it must be the number of a permit.")]
    [InlineData("{\"permit\":\"BJ000001\",\"event\":\"renewed\",\"on\":\"2023-02-29\"}", "'on' names no real date; it must, as YYYY-MM-DD, years 0001 to 9999.")]
    [InlineData("{\"permit\":\"BJ000001\",\"event\":\"employment_ended\",\"on\":\"2024-03-05\",\"left_on\":7}", "'left_on' names no real date; it must, as YYYY-MM-DD, years 0001 to 9999.")]
    [InlineData("{\"permit\":\"BJ000001\",\"event\":\"employment_ended\",\"on\":\"2024-03-05\",\"left_on\":\"2024-03-06\"}", "'left_on' is after 'on'; it may be that date or an earlier one.")]
    [InlineData("{\"permit\":\"GJ000001\",\"event\":\"exchanged\",\"on\":\"2024-03-05\"}", "'new_permit' is missing; this event requires it.")]
    [InlineData("{\"permit\":\"GJ000001\",\"event\":\"exchanged\",\"on\":\"2024-03-05\",\"new_permit\":\"x\"}", "'new_permit' is no permit number; it must be one, of 6 to 24 characters 0-9A-Z, white space and hyphens aside.")]
    [InlineData("{\"permit\":\"BJ000001\",\"event\":\"inspected\",\"on\":\"2024-03-05\",\"channel\":\"phone\"}", "'channel' has a value that there is not; it must be one of: 'online', 'window'.")]
    [InlineData("{\"permit\":\"BJ000001\",\"event\":\"cancelled\",\"on\":\"2024-03-05\",\"reason\":7}", "'reason' is no string of Unicode text; it must be one.")]
    [InlineData("{\"permit\":\"BJ000001\",\"event\":\"cancelled\",\"on\":\"2024-03-05\",\"reason\":\"王110105199003072338\"}", "'reason' holds a resident identity number 居民身份证号; none is kept, so leave it out.")]
    [InlineData("{\"permit\":\"BJ000001\",\"event\":\"dependant_added\",\"on\":\"2024-03-05\",\"relation\":\"child\",\"id_number\":\"1\"}", "'id_number' is no resident identity number; it must be 17 digits and the check character that fits them.")]
    public void Parse_RejectedLine_SaysWhatIsWrongThenWhatIsAllowed(string line, string detail) =>
        Assert.Equal(detail, Parse(Encoding.UTF8.GetBytes(line)).Rejection?.Detail.English);

    private static DateOnly On => new(2024, 3, 5);

    private static PermitEvent Event(string name, string fields = "")
    {
        var line = Parse(Encoding.UTF8.GetBytes($"{{\"permit\":\"BJ2024000017\",\"event\":\"{name}\",\"on\":\"2024-03-05\"{fields}}}"));
        Assert.Null(line.Rejection?.Detail);
        return line.Statement!.Event;
    }

    private static void AssertRejected(RejectCode code, string line)
    {
        var parsed = Parse(Encoding.UTF8.GetBytes(line));
        Assert.Equal(code, parsed.Rejection?.Code);
        Assert.Null(parsed.Statement);
        Assert.NotEmpty(parsed.Rejection!.Detail.English);
        Assert.NotEmpty(parsed.Rejection.Detail.Chinese);
    }

    /// <summary>Of the two, the store keeps the document alone, and that only where it is not the one meant anyway.</summary>
    [Theory]
    [InlineData("\"holder_document\":\"passport\",\"holder_id\":\" e-1234567 \"", "passport")]
    [InlineData("\"holder_id\":\"E1234567\",\"holder_document\":\"taiwan_permit\"", "taiwan_permit")]
    [InlineData("\"holder_document\":\"resident_identity_card\",\"holder_id\":\"110105199003072338\"", null)]
    [InlineData("\"holder_document\":\"passport\"", null)]
    public void Parse_HolderDocument_IsKeptWhereItIsNotTheDefault(string fields, string? document)
    {
        var line = Parse(Encoding.UTF8.GetBytes("{" + Issued + ",\"kind\":\"residence_permit\"," + fields + "}"));

        var issued = Assert.IsType<Issued>(line.Statement!.Event);
        Assert.Equal(document, issued.HolderDocument is { } kept ? CodeNames.WordOf(kept) : null);
        Assert.Equal(document is not null, line.Statement.Payload!.Contains("holder_document", StringComparison.Ordinal));
        Assert.Equal(line.Statement, PermitStatement.Stored(line.Statement.Permit, "issued", issued.On, line.Statement.Payload));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Parse_Annulment_HasItsTargetAndReason(int target)
    {
        var line = Parse(Encoding.UTF8.GetBytes(
            $"{{\"permit\":\"BJ2024000017\",\"event\":\"annulled\",\"on\":\"2024-03-05\",\"target\":{target},\"reason\":\"\"}}"));

        Assert.Equal(new Annulled(new DateOnly(2024, 3, 5), target, string.Empty), line.Statement!.Event);
        Assert.Equal(
            line.Statement, PermitStatement.Stored(line.Statement.Permit, "annulled", line.Statement.Event.On, line.Statement.Payload));
    }

    private static ImportLine Parse(byte[] line) => new RegistryLineParser(Cases.Digester).Parse(7, line);
}
