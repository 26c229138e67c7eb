using Verification.Core.Permits.Events;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    private const long Jump = 1_000_000;

    [Fact]
    public async Task MarkRestored_Registry_IsAnotherThatGoesOnBeyondTheJump()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        var before = await Registry.ReadHeadAsync(Token);

        var marked = await Registry.MarkRestoredAsync(Jump, Token);

        Assert.NotEqual(before.RegistryId, marked.RegistryId);
        Assert.NotEqual(Guid.Empty, marked.RegistryId);
        Assert.Equal(before.Revision + Jump, marked.Revision);
        var next = await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));
        Assert.Equal(marked.Revision + 1, next.Revision);
    }

    [Fact]
    public async Task MarkRestored_Registry_KeepsItsHistoriesAndRequests()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)), "one");

        await Registry.MarkRestoredAsync(Jump, Token);

        var load = await Registry.LoadAsync(Number("BJ2024000001"), Token);
        Assert.Equal(1, Assert.Single(load.History!.Events).Revision);
        Assert.Equal(1, (await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)), "one")).Revision);
    }

    [Fact]
    public async Task MarkRestored_OnOneNode_IsSeenByEveryRead()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        var other = await OpenTrackedAsync();

        var marked = await Registry.MarkRestoredAsync(Jump, Token);

        var changes = await other.ReadChangesAsync(marked.Revision, 10, Token);
        Assert.Null(changes.MarkAtSince);
        Assert.Empty(changes.Changes);
        Assert.All(
            [
                changes.Head,
                await other.ReadHeadAsync(Token),
                (await other.LoadAsync(Number("BJ2024000001"), Token)).Head,
                (await other.LoadAsync([Number("BJ2024000001")], Token)).Head,
            ],
            head => Assert.Equal((marked.RegistryId, marked.Revision), (head.RegistryId, head.Revision)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task MarkRestored_NoJump_IsRefusedAndChangesNothing(long jump)
    {
        var before = await Registry.ReadHeadAsync(Token);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Registry.MarkRestoredAsync(jump, Token));

        var after = await Registry.ReadHeadAsync(Token);
        Assert.Equal((before.RegistryId, before.Revision), (after.RegistryId, after.Revision));
    }

    [Fact]
    public async Task StoodAt_AfterARestore_TellsWhatTheRestoreLeftOut()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await Registry.MarkRestoredAsync(10, Token);
        await Registry.MarkRestoredAsync(10, Token);
        Assert.Equal([0, 1, 21], await StoodAtAsync(30));

        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 7)));

        Assert.Equal([0, 1, 21, 22, 23], await StoodAtAsync(30));
    }

    private async Task<List<long>> StoodAtAsync(long most)
    {
        var stood = new List<long>();
        for (var revision = 0L; revision <= most; revision++)
        {
            if ((await Registry.ReadChangesAsync(revision, 1, Token)).StoodAt(revision))
            {
                stood.Add(revision);
            }
        }

        return stood;
    }
}
