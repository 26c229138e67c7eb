using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Verification.Core.Lookup;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Limits;
using Verification.Server.Registration;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Registration;

/// <summary>What is committed is the answer: the wait for this node's own answers never takes that away.</summary>
public sealed class OwnWritesTests
{
    public static TheoryData<Exception> Failures =>
    [
        new StaleException(TimeSpan.FromSeconds(9)),
        new RegistryUnavailableException("away"),
        new RevisionUnknownException(2, 1),
        new InvalidOperationException("A fault of our own."),
        new OperationCanceledException(),
        new ObjectDisposedException("node"),
    ];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Failures))]
    public async Task Settle_WhateverTheLookupThrows_ThrowsNothing(Exception failure) =>
        await Own(DoubleOfLookup.ThatFails(failure)).SettleAsync(1, new CallTime(DateTime.MaxValue, CancellationToken.None));

    [Fact]
    public async Task Settle_NodeDoesNotCatchUp_LeavesTimeToAnswerBeforeTheDeadline()
    {
        var begun = Stopwatch.GetTimestamp();
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1);

        await Own(Never()).SettleAsync(1, new CallTime(deadline, CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10));
        Assert.True(TimeProvider.System.GetUtcNow().UtcDateTime < deadline.AddSeconds(5), "It waited for long after the deadline.");
    }

    [Fact]
    public async Task Settle_WithoutADeadline_WaitsTwoSecondsAtMost() =>
        await Own(Never()).SettleAsync(1, new CallTime(DateTime.MaxValue, CancellationToken.None))
            .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

    [Fact]
    public async Task Settle_CallerHasGone_ThrowsNothing()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Own(Never()).SettleAsync(1, new CallTime(DateTime.MaxValue, gone.Token));
    }

    private static DoubleOfLookup Never() => new(new TaskCompletionSource().Task);

    private static OwnWrites Own(DoubleOfLookup lookup) => new(lookup, RulebookLibrary.Embedded, NullLogger<OwnWrites>.Instance);
}
