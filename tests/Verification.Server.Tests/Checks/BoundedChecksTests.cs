using CsCheck;
using Google.Protobuf;
using Verification.Server.Checks;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks;

public sealed class BoundedChecksTests
{
    [Fact]
    public void ReadCheck_WithinBounds_IsWhatTheParserReads() =>
        SentMessages.AnyCheck.Sample(check => Assert.Equal(check, BoundedChecks.ReadCheck(SentMessages.Pieces(check.ToByteArray()))));
}
