using System.Text;
using CsCheck;
using Verification.Core.Permits;

namespace Verification.Core.Tests.Permits;

public sealed class PermitNumberTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly char[] Ignored = [' ', '-', '—', '\u3000', '\u2011', '\t'];

    private static readonly Gen<string> Canonical = Gen.Int[0, 35].Select(digit => Alphabet[digit]).Array[6, 24].Select(characters => new string(characters));

    [Theory]
    [InlineData("BJ2024000017", "BJ2024000017")]
    [InlineData("bj-2024 000017", "BJ2024000017")]
    [InlineData(" \tBJ2024\n000017\r\n", "BJ2024000017")]
    [InlineData("ＢＪ２０２４００００１７", "BJ2024000017")]
    [InlineData("ｂｊ２０２４－００００１７", "BJ2024000017")]
    [InlineData("BJ‐2024‑0000–17—", "BJ2024000017")]
    [InlineData("BJ\u3000\u00A02024000017\u2028", "BJ2024000017")]
    [InlineData("①②③④⑤⑥", "123456")]
    [InlineData("ABCDEF", "ABCDEF")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZ", "ZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("000000", "000000")]
    public void TryParse_AnyWayOfWriting_IsTheCanonicalNumber(string text, string expected)
    {
        Assert.True(PermitNumber.TryParse(text, out var fromUtf16));
        Assert.True(PermitNumber.TryParse(Encoding.UTF8.GetBytes(text), out var fromUtf8));
        Assert.Equal(expected, fromUtf16.ToString());
        Assert.Equal(fromUtf16, fromUtf8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("      ")]
    [InlineData("ABC12")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXY")]
    [InlineData("BJ2024😀017")]
    [InlineData("BJ2024_00017")]
    [InlineData("BJ2024000017\0")]
    [InlineData("北京2024000017")]
    [InlineData("BJ2024−000017")]
    [InlineData("ÄBC1234")]
    [InlineData("ıABC123")]
    public void TryParse_AnythingElse_IsMalformed(string text) => Assert.False(PermitNumber.TryParse(text, out _));

    /// <summary>No theory: what an attribute holds is UTF-8, in which there are none.</summary>
    [Fact]
    public void TryParse_LoneSurrogate_IsMalformed() => Assert.All(["\uD83D", "ABC123\uDE00", "\uD83DABC123"], text =>
    {
        Assert.False(PermitNumber.TryParse(text, out _));
        Assert.False(PermitNumber.IsIdentityNumber(text));
    });

    /// <summary>Policy §1: people type the number of their identity card for their permit's, and it must go no further.</summary>
    [Theory]
    [InlineData("110105199003072338")]
    [InlineData("110105 19900307 2338")]
    [InlineData("11010519491231002x")]
    [InlineData("１１０１０５１９４９１２３１００２Ⅹ")]
    [InlineData("000000000000000001")]
    public void TryParse_ResidentIdentityNumber_IsMalformed(string text)
    {
        Assert.False(PermitNumber.TryParse(text, out var number));
        Assert.Equal(default, number);
        Assert.False(PermitNumber.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.True(PermitNumber.IsIdentityNumber(text));
    }

    [Theory]
    [InlineData("110105199003072339")]
    [InlineData("1101051990030723380")]
    [InlineData("11010519900307233")]
    [InlineData("A10105199003072338")]
    [InlineData("110105199003070439")]
    [InlineData("11010519900307275X")]
    [InlineData("91350100M000100Y43")]
    public void TryParse_EighteenCharactersThatAreNoIdentityOrACreditCodeToo_IsANumber(string text)
    {
        Assert.Equal(text, PermitNumber.Parse(text).ToString());
        Assert.False(PermitNumber.IsIdentityNumber(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("11010")]
    [InlineData("110105199003072338_")]
    [InlineData("1101051990030723381101051")]
    [InlineData("北京110105199003072338")]
    public void IsIdentityNumber_NoNumberEither_IsNone(string text) => Assert.False(PermitNumber.IsIdentityNumber(text));

    [Fact]
    public void TryParse_InvalidUtf8_IsMalformed()
    {
        Assert.False(PermitNumber.TryParse([.. "ABC123"u8, 0xFF], out _));
        Assert.False(PermitNumber.TryParse([.. "ABC123"u8, 0xEF, 0xBC], out _));
    }

    [Fact]
    public void ToString_OfAParsedNumber_RoundTrips() => Canonical.Sample(text =>
    {
        var number = PermitNumber.Parse(text);
        Assert.Equal(text, number.ToString());
        Assert.Equal(number, PermitNumber.Parse(number.ToString()));
        Span<byte> utf8 = stackalloc byte[PermitNumber.MaxLength];
        Assert.True(number.TryFormat(utf8, out var written));
        Assert.Equal(text, Encoding.ASCII.GetString(utf8[..written]));
        Assert.False(number.TryFormat(utf8[..(text.Length - 1)], out _));
        Span<char> utf16 = stackalloc char[PermitNumber.MaxLength];
        Assert.True(number.TryFormat(utf16, out written));
        Assert.Equal(text, new string(utf16[..written]));
        Assert.False(number.TryFormat(utf16[..(text.Length - 1)], out written));
        Assert.Equal(0, written);
    });

    [Fact]
    public void Equals_TwoCanonicalTexts_OnlyWhenTheyAreTheSame() => Gen.Select(Canonical, Canonical, Gen.Bool).Sample((one, other, prefix) =>
    {
        // Half of the pairs are neighbours: one a prefix of the other.
        other = prefix && one.Length < 24 ? one + other[0] : other;
        Assert.Equal(one == other, PermitNumber.Parse(one) == PermitNumber.Parse(other));
    });

    [Fact]
    public void TryParse_DecoratedNumber_IsIdempotent() =>
        Gen.Select(Canonical, Gen.Int[0, 5].Select(mark => Ignored[mark]).Array[0, 5], Gen.Int[0, 24], Gen.Bool).Sample((text, noise, at, wide) =>
        {
            var written = text.Insert(Math.Min(at, text.Length), new string(noise));
            written = wide ? string.Concat(written.Select(FullWidth)) : written.ToLowerInvariant();
            Assert.Equal(text, PermitNumber.Parse(written).ToString());
        });

    [Fact]
    public void TryParse_CanonicalOrPlainAscii_AllocatesNothing()
    {
        var utf8 = "bj-2024 000017"u8.ToArray();
        var parsed = 0;
        var before = 0L;
        for (var i = 0; i < 1001; i++)
        {
            before = i == 1 ? GC.GetAllocatedBytesForCurrentThread() : before;
            parsed += PermitNumber.TryParse("BJ2024000017", out _) && PermitNumber.TryParse(utf8, out _) ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1001, parsed);
    }

    [Fact]
    public void FromStored_CanonicalText_IsTheNumber() => Canonical.Sample(text =>
        Assert.Equal(text, PermitNumber.FromStored(text).ToString()));

    /// <summary>A number of the form of an identity card: recorded before that was a mistake, and read for ever.</summary>
    [Fact]
    public void FromStored_IdentityNumberRecordedOnce_IsTheNumber() =>
        Assert.Equal("110105199003072338", PermitNumber.FromStored("110105199003072338").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("ABC12")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXY")]
    [InlineData("bj2024000017")]
    [InlineData("BJ-2024000017")]
    [InlineData("BJ2024000017 ")]
    [InlineData("BJ2024000017\0")]
    [InlineData("ＢＪ２０２４０００１７")]
    [InlineData("BJ2024/00017")]
    [InlineData("BJ2024:00017")]
    [InlineData("BJ2024@00017")]
    [InlineData("BJ2024[00017")]
    public void FromStored_AnyOtherForm_IsDamaged(string text) =>
        Assert.Throws<FormatException>(() => PermitNumber.FromStored(text));

    [Fact]
    public void FromPacked_OfAnyNumber_IsThatNumber() => Canonical.Sample(text =>
    {
        var number = PermitNumber.FromStored(text);

        Assert.Equal(number, PermitNumber.FromPacked(number.Packed));
    });

    [Fact]
    public void FromPacked_AnythingElse_IsDamaged()
    {
        var packed = PermitNumber.Parse("BJ2024000017").Packed;

        // No number, fewer than six characters, a digit zero, characters behind a head that is not full, more than twelve in a word.
        Assert.All<UInt128>(
            [0, (UInt128)37 << 64, packed - (packed % ((UInt128)37 << 64)), ((UInt128)1_000_000_000 << 64) | 37, packed | ((UInt128)1 << 127), UInt128.MaxValue],
            bits => Assert.Throws<FormatException>(() => PermitNumber.FromPacked(bits)));
    }

    /// <summary>The form is kept in files for years.</summary>
    [Theory]
    [InlineData("BJ2024000017", 0x1EF8_2750_FF4E_1422UL, 0UL)]
    public void Packed_OfANumber_NeverChanges(string text, ulong head, ulong tail) =>
        Assert.Equal(new UInt128(head, tail), PermitNumber.Parse(text).Packed);

    /// <summary>Buckets are stored and shared: a change would make caches miss changes.</summary>
    [Theory]
    [InlineData("BJ2024000017", 42651)]
    [InlineData("ABCDEF", 51711)]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZ", 54070)]
    public void Bucket_OfANumber_NeverChanges(string text, int expected) => Assert.Equal(expected, PermitNumber.Parse(text).Bucket);

    [Fact]
    public void Bucket_OfManyNumbers_SpreadsEvenly()
    {
        var sizes = new int[65536];
        for (var i = 0; i < 1_000_000; i++)
        {
            sizes[PermitNumber.Parse($"BJ2024{i:000000}").Bucket]++;
        }

        Assert.InRange(sizes.Max(), 16, 60);
        Assert.InRange(sizes.Count(size => size == 0), 0, 10);
    }

    private static char FullWidth(char character) => character is > ' ' and <= '~' ? (char)(character + 0xFEE0) : character;
}
