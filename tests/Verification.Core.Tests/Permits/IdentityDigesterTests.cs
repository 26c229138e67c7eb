using System.Security.Cryptography;
using System.Text;
using Verification.Core.Permits;

namespace Verification.Core.Tests.Permits;

public sealed class IdentityDigesterTests
{
    private static readonly IdentityDigester Digester = new(Enumerable.Range(0, 32).Select(value => (byte)value).ToArray());

    [Fact]
    public void Digest_SamePersonPermitAndRole_IsTheSame() =>
        Assert.Equal(Digest("BJ2024000017", SubjectRole.Child), Digest("BJ2024000017", SubjectRole.Child));

    [Fact]
    public void Digest_AnotherPermitRoleOrKey_IsAnother()
    {
        var digest = Digest("BJ2024000017", SubjectRole.Child);

        Assert.NotEqual(digest, Digest("BJ2024000018", SubjectRole.Child));
        Assert.NotEqual(digest, Digest("BJ2024000017", SubjectRole.Holder));
        Assert.NotEqual(digest, Cases.Digester.Digest(PermitNumber.Parse("BJ2024000017"), SubjectRole.Child, Person()));
    }

    [Fact]
    public void FromBase64_OfADigest_RoundTrips()
    {
        var digest = Digest("BJ2024000017", SubjectRole.Child);

        Assert.Equal(digest, IdentityDigest.FromBase64(digest.ToBase64()));
        Assert.Equal(Digester.KeyId, digest.KeyId);
    }

    [Fact]
    public void First128Bits_OfADigest_AreTheFirstHalfOfItsHash()
    {
        var digest = Digest("BJ2024000017", SubjectRole.Child);

        Assert.Equal(Convert.ToHexStringLower(Convert.FromBase64String(digest.ToBase64())[4..20]), digest.First128Bits.ToString("x32", null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64 at all")]
    public void FromBase64_AnythingElse_IsRefused(string text) => Assert.Throws<FormatException>(() => IdentityDigest.FromBase64(text));

    [Fact]
    public void Create_ShortKey_IsRefused() => Assert.Throws<ArgumentException>(() => new IdentityDigester(new byte[31]));

    /// <summary>Digests are stored: the construction may never change.</summary>
    [Fact]
    public void Digest_OfAKnownPerson_NeverChanges() =>
        Assert.Equal("eZn4O+7iGsWbZBGffoJSDiV6JTDKW2mfWu6RbgScgRKDqj8U", Digest("BJ2024000017", SubjectRole.Child).ToBase64());

    /// <summary>The document is bound into every number's digest but a resident's, whose construction is older.</summary>
    [Fact]
    public void Digest_OfAKnownPassport_NeverChangesAndIsNoOtherDocuments()
    {
        var permit = PermitNumber.Parse("BJ2024000017");
        var digests = Enum.GetValues<IdentityDocument>()
            .Where(document => document != IdentityDocument.ResidentIdentityCard)
            .ToDictionary(document => document, document => Digester.Digest(permit, SubjectRole.Holder, Number(document, "E1234567")));

        Assert.Equal("eZn4OxdWNdbLRJ27XmaLV9jebMLn8ZeeIySnJzXY4PdYf9uM", digests[IdentityDocument.Passport].ToBase64());
        Assert.Equal(4, digests.Values.Distinct().Count());
    }

    /// <summary>A resident's number in another document's field is another person's.</summary>
    [Fact]
    public void Digest_SameCharactersOfAnotherDocument_IsAnother() => Assert.NotEqual(
        Digester.Digest(PermitNumber.Parse("BJ2024000017"), SubjectRole.Holder, Number(IdentityDocument.ResidentIdentityCard, "110105199003072338")),
        Digester.Digest(PermitNumber.Parse("BJ2024000017"), SubjectRole.Holder, Number(IdentityDocument.Passport, "110105199003072338")));

    /// <summary>Logs of years are read together: the construction may never change.</summary>
    [Theory]
    [InlineData("BJ2024000017")]
    [InlineData("ABCDEF")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public void NameOf_APermit_IsTheBeginningOfItsKeyedHash(string permit)
    {
        var message = new byte[24];
        Encoding.ASCII.GetBytes(permit, message);
        var key = Enumerable.Range(0, 32).Select(value => (byte)value).ToArray();

        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(key, message))[..16], Digester.NameOf(PermitNumber.Parse(permit)));
    }

    [Fact]
    public void Digest_NoIdentityNumber_IsRefused() => Assert.Throws<InvalidOperationException>(() =>
        Digester.Digest(PermitNumber.Parse("BJ2024000017"), SubjectRole.Child, default));

    private static IdentityDigest Digest(string permit, SubjectRole role) => Digester.Digest(PermitNumber.Parse(permit), role, Person());

    private static ResidentIdentityNumber Person()
    {
        Assert.True(ResidentIdentityNumber.TryParse("110105201608140014", out var number));
        return number;
    }

    private static IdentityNumber Number(IdentityDocument document, string text)
    {
        Assert.True(IdentityNumber.TryParse(document, text, out var number));
        return number;
    }
}
