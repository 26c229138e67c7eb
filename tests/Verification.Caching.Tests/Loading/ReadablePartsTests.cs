using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Caching.Loading;
using Verification.Caching.Telemetry;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Loading;

/// <summary>Damage fails only what lies in it.</summary>
public sealed class ReadablePartsTests : IPermitReader, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly RegistryHead Head = new(Guid.NewGuid(), 7, default);

    private readonly FakeTimeProvider _clock = new();
    private readonly CachingMetrics _metrics = new();
    private readonly HashSet<PermitNumber> _unreadable = [];
    private readonly List<PermitNumber> _taken = [];
    private readonly DamagedPermits _damaged;
    private TimeSpan _duration;
    private int _reads;

    public ReadablePartsTests() => _damaged = new DamagedPermits(_ => string.Empty, _metrics, NullLogger.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _metrics.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    public async Task Read_NothingDamaged_IsOneRead(int numbers)
    {
        await ReadAsync(numbers);

        Assert.Equal(Enumerable.Range(0, numbers).Select(TestSite.Number), _taken);
        Assert.Equal((1, 0), (_reads, _damaged.Count));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(7, 3)]
    [InlineData(100, 0, 99)]
    [InlineData(100, 17, 18, 60)]
    public async Task Read_SomeDamaged_TakesAllOthersOnce(int numbers, params int[] unreadable)
    {
        _unreadable.UnionWith(unreadable.Select(TestSite.Number));

        await Assert.ThrowsAsync<RegistryDamagedException>(() => ReadAsync(numbers));

        Assert.Equal(Enumerable.Range(0, numbers).Except(unreadable).Select(TestSite.Number).Order(ByText), _taken.Order(ByText));
        Assert.Equal(unreadable.Length, _damaged.Count);
        Assert.InRange(_reads, 1, unreadable.Length * 2 * 8);
    }

    [Fact]
    public async Task Read_WhatWasDamagedBefore_IsReadableAgain()
    {
        _damaged.Found([TestSite.Number(0), TestSite.Number(1), TestSite.Number(9)]);

        await ReadAsync(2);

        Assert.Equal(1, _damaged.Count);
    }

    /// <summary>Each read takes half the patience: after the one that met the damage two more, and then it is over it.</summary>
    [Fact]
    public async Task Read_DamageForLongerThanThePatience_GivesUpAndKeepsWhatWasRead()
    {
        _unreadable.UnionWith(Enumerable.Range(50, 50).Select(TestSite.Number));
        _duration = Patience / 2;

        Assert.IsNotType<RegistryDamagedException>(
            await Assert.ThrowsAnyAsync<RegistryUnavailableException>(() => ReadAsync(100)));

        Assert.Equal(50, _taken.Count);
        Assert.Equal(4, _reads);
    }

    /// <inheritdoc/>
    public async Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken)
    {
        var snapshot = await LoadAsync([number], cancellationToken);
        return new PermitLoad(snapshot.Histories[number], snapshot.Head);
    }

    /// <inheritdoc/>
    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken)
    {
        _reads++;
        _clock.Advance(_duration);
        return numbers.Any(_unreadable.Contains)
            ? throw new RegistryDamagedException("damaged", new FormatException())
            : Task.FromResult(new RegistrySnapshot(numbers.ToDictionary(number => number, HistoryOf), Head));
    }

    private static Comparer<PermitNumber> ByText =>
        Comparer<PermitNumber>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()));

    private static PermitHistory HistoryOf(PermitNumber number) => new(
        number, [new(7, new Issued(new DateOnly(2026, 3, 5), PermitKind.WorkResidencePermit), default, "bureau")]);

    private Task ReadAsync(int numbers) => new ReadableParts(this, _damaged, Patience, _clock).ReadAsync(
        [.. Enumerable.Range(0, numbers).Select(TestSite.Number)],
        (number, history, head) =>
        {
            Assert.Equal((number, Head), (history!.Number, head));
            _taken.Add(number);
        },
        Token);
}
