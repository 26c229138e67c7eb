using System.Buffers.Text;
using System.Text;
using Verification.Server.Access;

namespace Verification.Server.Tests.Access;

public sealed class TokenFormTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""", """{"sub":"a"}""")]
    [InlineData("""{"alg":"RS256","typ":"jwt"}""", """{"sub":"a"}""")]
    [InlineData("""{"typ":"at+JWT"}""", "{}")]
    [InlineData("""{"typ":"application/at+jwt"}""", "{}")]
    public void IsAcceptable_SignedTokenOfAKnownType_IsOne(string header, string claims) => Assert.True(TokenForm.IsAcceptable(Token(header, claims)));

    [Theory]
    [InlineData("[]", "{}")]
    [InlineData("{}", "[]")]
    [InlineData("{}", "\"token\"")]
    [InlineData("{", "{}")]
    [InlineData("{}", "")]
    [InlineData("""{"typ":"secevent+jwt"}""", "{}")]
    [InlineData("""{"typ":17}""", "{}")]
    [InlineData("""{"crit":["exp"]}""", "{}")]
    [InlineData("""{"b64":false}""", "{}")]
    [InlineData("""{"zip":"DEF"}""", "{}")]
    [InlineData("""{"enc":"A256GCM"}""", "{}")]
    [InlineData("""{"cty":"JWT"}""", "{}")]
    [InlineData("""{"alg":"RS256","alg":"none"}""", "{}")]
    [InlineData("{}", """{"sub":"a","sub":"b"}""")]
    public void IsAcceptable_AnythingElse_IsNone(string header, string claims) => Assert.False(TokenForm.IsAcceptable(Token(header, claims)));

    [Theory]
    [InlineData("")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.c2ln.e30")]
    [InlineData("e3 0!.e30.c2ln")]
    public void IsAcceptable_NotThreeParts_IsNone(string token) => Assert.False(TokenForm.IsAcceptable(token));

    private static string Token(string header, string claims) => $"{Encode(header)}.{Encode(claims)}.c2ln";

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
