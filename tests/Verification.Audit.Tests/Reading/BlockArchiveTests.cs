using CsCheck;
using Verification.Audit.Reading;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Reading;

public sealed class BlockArchiveTests
{
    [Fact]
    public async Task Unpack_PackedBlocks_AreTheSameBytes()
    {
        var blocks = await BlocksAsync();
        var packed = BlockArchive.Pack(blocks);

        Assert.Equal(blocks, BlockArchive.Unpack(packed));
        Assert.InRange(packed.Length, 1, blocks.Length - 1);
        Assert.Empty(BlockArchive.Unpack(BlockArchive.Pack([])));
    }

    [Fact]
    public async Task Pack_NoWholeBlocks_IsRefused()
    {
        var blocks = await BlocksAsync();

        Assert.Throws<ArgumentException>(() => BlockArchive.Pack(blocks.AsSpan(0, blocks.Length - 1)));
        Assert.Throws<ArgumentException>(() => BlockArchive.Pack(blocks.AsSpan(1)));
    }

    [Fact]
    public async Task Unpack_DamagedBytes_FailsInNoOtherWay()
    {
        var blocks = await BlocksAsync();
        var packed = BlockArchive.Pack(blocks);
        Gen.Select(Gen.Int[0, packed.Length - 1], Gen.Byte[1, 255]).Sample(
            (at, change) =>
            {
                byte[] damaged = [.. packed];
                damaged[at] ^= change;
                try
                {
                    _ = BlockArchive.Unpack(damaged);
                }
                catch (InvalidDataException)
                {
                    // What every reader expects; what comes out otherwise fails by its hash.
                }
            },
            iter: 300);
        Assert.Throws<InvalidDataException>(() => BlockArchive.Unpack(packed.AsSpan(0, packed.Length - 1)));
        Assert.Throws<InvalidDataException>(() => BlockArchive.Unpack([1, 2]));
        Assert.Throws<InvalidDataException>(() => BlockArchive.Unpack([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0]));
    }

    private static async Task<byte[]> BlocksAsync()
    {
        using var folder = new LogFolder();
        await using (var log = folder.Open())
        {
            await LogFolder.AppendAsync(log, new MadeUpRecords(1).Mixture(300));
        }

        return [.. folder.Blocks().SelectMany(block => block.Bytes.ToArray())];
    }
}
