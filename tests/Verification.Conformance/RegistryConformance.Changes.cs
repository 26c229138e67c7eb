using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    [Fact]
    public async Task ReadChanges_SinceARevision_AnswersLaterCommitsInOrder()
    {
        await AppendAsync("BJ2024000002", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000002", new Reissued(Date(2024, 3, 6)));

        var changes = await Registry.ReadChangesAsync(1, 100, Token);

        Assert.Equal(3, changes.Head.Revision);
        Assert.Equal(
            [new RegistryChange(2, Number("BJ2024000001")), new RegistryChange(3, Number("BJ2024000002"))],
            changes.Changes);
    }

    [Fact]
    public async Task ReadChanges_MoreThanTheLimit_AnswersTheFirst()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));

        var changes = await Registry.ReadChangesAsync(0, 1, Token);

        Assert.Equal([new RegistryChange(1, Number("BJ2024000001"))], changes.Changes);
        Assert.Equal(2, changes.Head.Revision);
    }

    [Fact]
    public async Task ReadChanges_MarkOfTheEvent_TellsItFromOthers()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));

        var mark = (await Registry.ReadChangesAsync(2, 1, Token)).MarkAtSince;

        Assert.Equal(Number("BJ2024000001"), mark!.Value.Permit);
        Assert.Equal(2, mark.Value.Sequence);
        Assert.Null((await Registry.ReadChangesAsync(0, 1, Token)).MarkAtSince);
        Assert.Null((await Registry.ReadChangesAsync(3, 1, Token)).MarkAtSince);
    }

    [Fact]
    public async Task ReadBucketStamps_AfterEvents_AreTheLastRevisionOfEachBucket()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000002", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));

        var stamps = await Registry.ReadBucketStampsAsync(Token);

        Assert.Equal(3, stamps.Head.Revision);
        Assert.Equal(RegistryStamps.BucketCount, stamps.Stamps.Length);
        Assert.Equal(3, stamps.Stamps[Number("BJ2024000001").Bucket]);
        Assert.Equal(2, stamps.Stamps[Number("BJ2024000002").Bucket]);
        Assert.Equal(5, stamps.Stamps.Sum());
    }

    [Fact]
    public async Task ReadBucketStamps_EmptyRegistry_AreAllZero() =>
        Assert.All((await Registry.ReadBucketStampsAsync(Token)).Stamps, stamp => Assert.Equal(0, stamp));
}
