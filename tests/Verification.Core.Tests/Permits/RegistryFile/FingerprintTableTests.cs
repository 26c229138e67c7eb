using Verification.Core.Permits.RegistryFile;

namespace Verification.Core.Tests.Permits.RegistryFile;

public sealed class FingerprintTableTests
{
    private const int Size = 13;

    private readonly FingerprintTable _table = new();

    [Fact]
    public void Increment_FingerprintsThatDifferInOneByte_AreCountedEach()
    {
        var fingerprints = Enumerable.Range(0, Size)
            .SelectMany(place => new byte[] { 1, 128, 255 }.Select(value => With(place, value)))
            .Append(new byte[32])
            .ToArray();

        Assert.All(fingerprints, fingerprint => Assert.Equal(1, _table.Increment(fingerprint)));
        Assert.All(fingerprints, fingerprint => Assert.Equal(2, _table.Increment(fingerprint)));
    }

    [Fact]
    public void Increment_BytesBehindTheFingerprint_AreNotLookedAt()
    {
        _table.Increment(new byte[32]);

        Assert.Equal(2, _table.Increment(With(Size, 1)));
    }

    /// <summary>All in one part of the table, and at its end: looking for a free slot goes on from the beginning, also while growing.</summary>
    [Fact]
    public void Increment_FingerprintsThatBelongInOneSlot_AreCountedEach()
    {
        for (var round = 1; round <= 2; round++)
        {
            for (var i = 0; i < 200; i++)
            {
                byte[] fingerprint = [7, 255, 255, 255, 255, 255, 255, 255, 255, (byte)i, 0, 0, 0];
                Assert.Equal(round, _table.Increment(fingerprint));
            }
        }

        Assert.InRange(_table.Bytes, 200 * 16, 200 * 24);
    }

    private static byte[] With(int place, byte value)
    {
        var fingerprint = new byte[32];
        fingerprint[place] = value;
        return fingerprint;
    }
}
