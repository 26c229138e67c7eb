using Verification.Core.Permits.Events;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    [Fact]
    public async Task ReadChanges_NothingRecorded_TellsSoWhateverTheCounterSays()
    {
        Assert.Null((await Registry.ReadChangesAsync(0, 10, Token)).Last);

        await Registry.MarkRestoredAsync(10, Token);
        await Registry.ConfirmClockAsync(Token);

        Assert.Null((await Registry.ReadChangesAsync(0, 10, Token)).Last);
    }

    [Fact]
    public async Task ReadChanges_EventsRecorded_TellsWhenTheNewestWas()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        Clock.Advance(TimeSpan.FromMinutes(5));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));

        var last = (await Registry.ReadChangesAsync(2, 10, Token)).Last!.Value;

        var newest = (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!.Events[^1];
        Assert.Equal((newest.RecordedAt, newest.RecordedAt), (last.At, last.ClockFloor));
    }

    [Fact]
    public async Task ConfirmClock_EventsBeforeAndAfter_OnlyThoseAfterSayWhatIsTooEarly()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        var before = (await Registry.ReadChangesAsync(1, 10, Token)).Last!.Value;
        var other = await OpenTrackedAsync();
        Clock.AdjustTime(Clock.GetUtcNow().AddMinutes(-5));

        var confirmed = await Registry.ConfirmClockAsync(Token);

        var last = (await other.ReadChangesAsync(1, 10, Token)).Last!.Value;
        Assert.Equal(1, confirmed.Revision);
        Assert.Equal(before.At, last.At);
        Assert.InRange(last.ClockFloor - confirmed.At, TimeSpan.FromMicroseconds(-1), TimeSpan.FromMicroseconds(1));

        Clock.Advance(TimeSpan.FromMinutes(1));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));

        var after = (await other.ReadChangesAsync(2, 10, Token)).Last!.Value;
        Assert.Equal(after.At, after.ClockFloor);
        Assert.True(after.ClockFloor > last.ClockFloor);
    }
}
