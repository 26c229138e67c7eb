using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    public static TheoryData<string> Members => [.. Calls.Keys];

    /// <summary>Every member of the port, each as a call that an open registry answers.</summary>
    private static readonly Dictionary<string, Func<IPermitRegistry, Task>> Calls = new()
    {
        [nameof(IPermitRegistry.ReadHeadAsync)] = registry => registry.ReadHeadAsync(Token),
        [nameof(IPermitRegistry.LoadAsync)] = registry => registry.LoadAsync(Number("BJ2024000001"), Token),
        ["LoadAsync of many"] = registry => registry.LoadAsync([Number("BJ2024000001")], Token),
        [nameof(IPermitRegistry.ReadChangesAsync)] = registry => registry.ReadChangesAsync(0, 10, Token),
        [nameof(IPermitRegistry.ReadBucketStampsAsync)] = registry => registry.ReadBucketStampsAsync(Token),
        [nameof(IPermitRegistry.AppendAsync)] = registry => registry.AppendAsync(
            new EventAppend(Guid.NewGuid().ToString("N"), Number("BJ2024000001"), new Reissued(Date(2024, 3, 6)), "bureau"), Token),
        [nameof(IPermitRegistry.ReadImportAsync)] = registry => registry.ReadImportAsync("file", Token),
        [nameof(IPermitRegistry.ReadRejectsAsync)] = registry => registry.ReadRejectsAsync("file", 0, 10, Token),
        [nameof(IPermitRegistry.ImportAsync)] = registry => registry.ImportAsync(
            Batch(Guid.NewGuid().ToString("N"), 0, isLast: true, [Line(1, "BJ2024000002", WorkPermitIssued(Date(2024, 3, 5)))]), Token),
        [nameof(IPermitRegistry.MarkRestoredAsync)] = registry => registry.MarkRestoredAsync(Jump, Token),
        [nameof(IPermitRegistry.ConfirmClockAsync)] = registry => registry.ConfirmClockAsync(Token),
    };

    [Fact]
    public void Calls_OfThePort_AreAll() => Assert.Equal(
        typeof(IPermitRegistry).GetInterfaces().SelectMany(port => port.GetMethods()).Count(), Calls.Count);

    [Theory]
    [MemberData(nameof(Members))]
    public async Task EveryMember_AfterTheClose_SaysThatTheRegistryIsClosed(string member)
    {
        var node = await OpenTrackedAsync();
        await Calls[member](node);
        await ((IAsyncDisposable)node).DisposeAsync();

        var closed = await Assert.ThrowsAsync<RegistryUnavailableException>(() => Calls[member](node));

        Assert.Contains("closed", closed.Message, StringComparison.Ordinal);
        await Calls[member](Registry);
    }

    [Fact]
    public async Task Close_Twice_IsNoFault()
    {
        var node = (IAsyncDisposable)await OpenTrackedAsync();

        await node.DisposeAsync();
        await node.DisposeAsync();
    }

    /// <summary>What is under way is answered, or told that the registry is closed; nothing else, and nothing is torn.</summary>
    [Fact]
    public async Task Close_WhileEveryMemberIsCalled_AnswersOrSaysThatTheRegistryIsClosed()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        var node = await OpenTrackedAsync();
        using var underWay = new CountdownEvent(Calls.Count);
        var callers = Calls.Values.Select(call => Task.Run(async () => await CallUntilClosedAsync(() => call(node), underWay), Token)).ToList();
        underWay.Wait(Token);

        await ((IAsyncDisposable)node).DisposeAsync();

        Assert.All(await Task.WhenAll(callers), closed => Assert.Contains("closed", closed.Message, StringComparison.Ordinal));
        var head = await Registry.ReadHeadAsync(Token);
        var history = (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!;
        Assert.InRange(history.Events[^1].Revision, 1, head.Revision);
    }

    private static async Task<RegistryUnavailableException> CallUntilClosedAsync(Func<Task> call, CountdownEvent underWay)
    {
        var answered = false;
        while (true)
        {
            try
            {
                await call();
            }
            catch (RegistryUnavailableException closed) when (answered)
            {
                return closed;
            }

            if (!answered)
            {
                answered = true;
                underWay.Signal();
            }
        }
    }
}
