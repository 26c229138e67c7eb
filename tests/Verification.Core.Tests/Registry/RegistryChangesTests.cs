using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Core.Tests.Registry;

public sealed class RegistryChangesTests
{
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    /// <summary>Events 1 to 3, then a restore to 100, from which the next event, 101, went on; 102 is the last.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(101, true)]
    [InlineData(102, true)]
    [InlineData(103, false)]
    public void StoodAt_ARevision_WhereAnEventOrTheLastRestoreMadeIt(long revision, bool expected) =>
        Assert.Equal(expected, Since(revision, head: 102, 1, 2, 3, 101, 102).StoodAt(revision));

    [Theory]
    [InlineData(3, true)]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void StoodAt_NothingRecordedSinceARestore_TheHeadIsKnown(long revision, bool expected) =>
        Assert.Equal(expected, Since(revision, head: 100, 1, 2, 3).StoodAt(revision));

    [Fact]
    public void StoodAt_Nothing_InARegistryThatWasNeverWritten() => Assert.True(Since(0, head: 0).StoodAt(0));

    private static RegistryChanges Since(long revision, long head, params long[] events) => new(
        new RegistryHead(Guid.Empty, head, default),
        events.Contains(revision) ? new EventMark(Number, 1, default) : null,
        [.. events.Where(made => made > revision).Select(made => new RegistryChange(made, Number)).Take(1)],
        null);
}
