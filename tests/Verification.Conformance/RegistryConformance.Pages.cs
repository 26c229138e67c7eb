using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    /// <summary>Page by page all permits come, each once and whole, annulled events and permits included.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task ReadPage_UntilTheLast_TellsEveryPermitOnceAndWhole(int limit)
    {
        const int Permits = 9;
        var numbers = Enumerable.Range(0, Permits).Select(i => Number($"BJ{(i * 7) % Permits:00000}{new string('Z', i)}")).ToArray();
        foreach (var number in numbers)
        {
            await AppendAsync(number, WorkPermitIssued(Date(2026, 3, 5)));
        }

        await AppendAsync(numbers[2], new Reissued(Date(2026, 3, 6)));
        await AppendAsync(numbers[2], new Annulled(Date(2026, 3, 7), 2, "twice"));
        await AppendAsync(numbers[4], new Annulled(Date(2026, 3, 7), 1, "wrong number"));
        await AppendAsync(numbers[0], new Cancelled(Date(2026, 3, 8), null));

        var scan = (IPermitScan)Registry;
        var read = new List<PermitHistory>();
        PermitPage page;
        do
        {
            page = await scan.ReadPageAsync(read.Count == 0 ? default : read[^1].Number, limit, Token);
            Assert.InRange(page.Histories.Length, 0, limit);
            Assert.Equal(Permits + 4, page.Head.Revision);
            read.AddRange(page.Histories);
        }
        while (page.Histories.Length == limit);

        var loaded = await Registry.LoadAsync(numbers, Token);
        Assert.Equal(loaded.Head.RegistryId, page.Head.RegistryId);
        Assert.Equal(numbers.Select(number => number.ToString()).Order(StringComparer.Ordinal), read.Select(history => history.Number.ToString()));
        Assert.All(read, history => Assert.Equal(loaded.Histories[history.Number].Events.AsEnumerable(), history.Events));
    }

    [Fact]
    public async Task ReadPage_EmptyRegistry_IsEmpty()
    {
        var page = await ((IPermitScan)Registry).ReadPageAsync(default, 10, Token);

        Assert.Empty(page.Histories);
        Assert.Equal(0, page.Head.Revision);
    }
}
