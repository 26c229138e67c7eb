using Verification.Audit.Records;

namespace Verification.Audit.Tests.Records;

public sealed class MessageIdsTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 30, 15, 59, 58, 123, TimeSpan.Zero);

    [Fact]
    public void New_AtAnInstant_IsAUuidOfVersionSevenThatTellsIt()
    {
        var id = MessageIds.New(Now);

        Assert.Equal((7, 8), (id.Version, id.Variant & 0xC));
        Assert.Equal(Guid.CreateVersion7(Now).ToString("N")[..12], id.ToString("N")[..12]);
    }

    [Fact]
    public void New_ManyOnManyThreads_AreAllDifferent()
    {
        var ids = new Guid[8][];

        Parallel.For(0, ids.Length, i => ids[i] = [.. Enumerable.Range(0, 2_500).Select(_ => MessageIds.New(Now))]);

        Assert.Equal(ids.Length * 2_500, ids.SelectMany(made => made).Distinct().Count());
    }
}
