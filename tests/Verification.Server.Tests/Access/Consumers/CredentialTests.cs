using Microsoft.Extensions.Time.Testing;
using Verification.Core.Rules.Codes;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;

namespace Verification.Server.Tests.Access.Consumers;

public sealed class CredentialTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Validity Hour = new(Noon, Noon.AddHours(1));
    private static readonly Consumer School = Named("school");
    private static readonly Consumer Housing = Named("housing");
    private static readonly CertificatePin Name = new(CertificatePinKind.SubjectAlternativeName, "school.example");
    private static readonly CertificatePin PublicKey = new(CertificatePinKind.PublicKey, new string('a', 64));

    private static readonly ConsumerSet Set = new(
        [School, Housing],
        [new(ApiKey.FromText("school-key")!, School, Hour), new(ApiKey.FromText("housing-key")!, Housing, Validity.Always)],
        [new(Name, School, Hour)],
        [new("school-subject", School, Hour)]);

    [Fact]
    public void Admit_KnownCredential_IsItsConsumersForTheTimeThatBothHold()
    {
        var tenMinutes = new Validity(Noon.AddMinutes(-5), Noon.AddMinutes(5));

        Assert.Equal(new AccessDecision(Set, School, Hour), ApiKey.FromText("school-key")!.Admit(Set, Noon));
        Assert.Equal(new AccessDecision(Set, Housing, Validity.Always), ApiKey.FromText("housing-key")!.Admit(Set, Noon.AddYears(-9)));
        Assert.Equal(
            new AccessDecision(Set, School, new(Noon, Noon.AddMinutes(5))), new BearerToken("school-subject", tenMinutes).Admit(Set, Noon));
        Assert.Equal(
            new AccessDecision(Set, School, new(Noon, Noon.AddMinutes(5))), new ClientCertificate([PublicKey, Name], tenMinutes).Admit(Set, Noon));
    }

    [Fact]
    public void Admit_UnknownCredential_IsInvalid()
    {
        Credential[] unknown =
        [
            ApiKey.FromText("School-key")!,
            ApiKey.FromText("school-subject")!,
            new BearerToken("School-subject", Validity.Always),
            new ClientCertificate([PublicKey], Validity.Always),
            new ClientCertificate([Name with { Kind = CertificatePinKind.PublicKey }], Validity.Always),
            new ClientCertificate([], Validity.Always),
        ];

        Assert.All(unknown, credential => Assert.Equal(CredentialFault.Invalid, FaultOf(credential, Noon)));
        Assert.Equal(CredentialFault.Invalid, Assert.Throws<CredentialException>(() => unknown[0].Admit(ConsumerSet.Empty, Noon)).Fault);
    }

    [Fact]
    public void Admit_OutOfItsTime_SaysSo()
    {
        Assert.Equal(CredentialFault.NotYetValid, FaultOf(ApiKey.FromText("school-key")!, Noon.AddTicks(-1)));
        Assert.Equal(CredentialFault.Expired, FaultOf(new BearerToken("school-subject", new(Noon, Noon.AddMinutes(5))), Noon.AddMinutes(5)));
        Assert.Equal(CredentialFault.Revoked, FaultOf(new ClientCertificate([Name], Validity.Always with { IsRevoked = true }), Noon));
    }

    [Fact]
    public void Holds_ADecision_WhileItsSetIsCurrentAndItsTimeIs()
    {
        var decision = ApiKey.FromText("school-key")!.Admit(Set, Noon);

        Assert.True(decision.Holds(Set, Noon.AddMinutes(59)));
        Assert.False(decision.Holds(Set, Noon.AddHours(1)));
        Assert.False(decision.Holds(ConsumerSet.Empty, Noon));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void FromText_LengthOfAKey_IsBounded(int length, bool expected)
    {
        Assert.Equal(expected, ApiKey.FromText(new string('k', length)) is not null);
        Assert.Equal(expected, ApiKey.FromText(new string('键', length)) is not null);
    }

    [Fact]
    public void FromDigest_ADigestOfAKey_IsThatKey()
    {
        const string Digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        Assert.Equal(ApiKey.FromText("abc"), ApiKey.FromDigest(Digest));
        Assert.Equal(ApiKey.FromText("abc"), ApiKey.FromDigest(Digest.ToUpperInvariant()));
        Assert.NotEqual(ApiKey.FromText("abd"), ApiKey.FromDigest(Digest));
        Assert.NotEqual(ApiKey.FromText("abc"), ApiKey.FromDigest(Digest[..^1] + "e"));
        Assert.All(["", Digest[1..], Digest + "0", "x" + Digest[1..]], text => Assert.Null(ApiKey.FromDigest(text)));
    }

    /// <summary>Two keys whose digests begin alike are told apart all the same.</summary>
    [Fact]
    public void Admit_DigestThatBeginsAlike_IsAnotherKey()
    {
        var (one, other) = (ApiKey.FromDigest(new string('a', 64))!, ApiKey.FromDigest(new string('a', 63) + "b")!);
        var set = new ConsumerSet([School, Housing], [new(one, School, Hour), new(other, Housing, Hour)], [], []);

        Assert.Equal((one.Prefix, School, Housing), (other.Prefix, one.Admit(set, Noon).Consumer, other.Admit(set, Noon).Consumer));
        Assert.Equal(CredentialFault.Invalid, FaultOf(ApiKey.FromDigest(new string('a', 63) + "c")!, Noon));
    }

    private static CredentialFault FaultOf(Credential credential, DateTimeOffset now) =>
        Assert.Throws<CredentialException>(() => credential.Admit(Set, now)).Fault;

    private static Consumer Named(string name) =>
        new(name, ConsumerClass.School, ConsumerRoles.Verify, new Budget(name, ConsumerLimits.Default, new FakeTimeProvider()));
}
