using Verification.Server.Registration.Import;

namespace Verification.Server.Tests.Registration.Import;

public sealed class BatchSizeTests
{
    [Theory]
    [InlineData(2_000, 150, 2_000)]
    [InlineData(2_000, 1, 4_000)]
    [InlineData(2_000, 0, 4_000)]
    [InlineData(2_000, 300, 1_000)]
    [InlineData(2_000, 60_000, 500)]
    [InlineData(0, 1, 2_000)]
    public void Observe_OneBatch_FitsTheNext(long lines, int milliseconds, int expected)
    {
        var size = new BatchSize();

        size.Observe(lines, TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(expected, size.Lines);
    }

    [Fact]
    public void Observe_FastStore_StopsAtTheMost()
    {
        var size = new BatchSize();
        for (var i = 0; i < 5; i++)
        {
            size.Observe(size.Lines, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(BatchSize.Max, size.Lines);
    }
}
