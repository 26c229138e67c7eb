using CsCheck;
using Verification.Client;
using Verification.Core.Permits;

namespace Verification.Server.Tests.Messages;

/// <summary>The client compares the number of an answer with the one that it asked for: in the form that the service repeats it.</summary>
public sealed class CanonicalNumberTests
{
    private static readonly Gen<string> Typed = Gen.OneOf(
            Gen.Char["0123456789ABCXYZabcxyz"],
            Gen.Char["０１９ＡＢＺａｂｚ"],
            Gen.Char[" -\u2010\u2011\u2013\u2014\t\u00A0\u3000－"],
            Gen.Char)
        .Array[0, 30]
        .Select(characters => new string(characters));

    [Fact]
    public void Of_NumberThatTheServiceReads_IsTheFormThatItRepeats()
    {
        var read = 0;
        Gen.OneOf(Typed, Gen.Char["0189ABYZabyz０９Ａｚ -\u3000"].Array[6, 24].Select(characters => new string(characters))).Sample(text =>
        {
            if (!PermitNumber.TryParse(text, out var number))
                return;
            Interlocked.Increment(ref read);
            Assert.Equal(number.ToString(), CanonicalNumber.Of(text));
        });

        Assert.True(read > 20, $"Only {read} texts were numbers.");
    }
}
