using Microsoft.Extensions.Time.Testing;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Storage.Sqlite;

namespace Verification.Storage.Tests.Sqlite;

/// <summary>A disk that hangs: callers keep their deadlines, and threads stay few.</summary>
public sealed class SqliteFrozenTests : IAsyncDisposable
{
    private static readonly PermitNumber Permit = PermitNumber.Parse("BJ2024000001");

    private readonly SqliteFolder _folder = new();

    public static TheoryData<string> Members => [.. Calls.Keys];

    private static readonly Dictionary<string, Func<SqliteRegistry, CancellationToken, Task>> Calls = new()
    {
        [nameof(SqliteRegistry.ReadHeadAsync)] = (registry, token) => registry.ReadHeadAsync(token),
        [nameof(SqliteRegistry.LoadAsync)] = (registry, token) => registry.LoadAsync(Permit, token),
        ["LoadAsync of many"] = (registry, token) => registry.LoadAsync([Permit], token),
        [nameof(SqliteRegistry.ReadChangesAsync)] = (registry, token) => registry.ReadChangesAsync(0, 10, token),
        [nameof(SqliteRegistry.ReadBucketStampsAsync)] = (registry, token) => registry.ReadBucketStampsAsync(token),
        [nameof(SqliteRegistry.AppendAsync)] = (registry, token) => registry.AppendAsync(Issue("two"), token),
        [nameof(SqliteRegistry.ReadImportAsync)] = (registry, token) => registry.ReadImportAsync("file", token),
        [nameof(SqliteRegistry.ReadRejectsAsync)] = (registry, token) => registry.ReadRejectsAsync("file", 0, 10, token),
        [nameof(SqliteRegistry.ImportAsync)] = (registry, token) =>
            registry.ImportAsync(new ImportBatch("file", 0, 0, [], "digest", true, "bureau"), token),
        [nameof(SqliteRegistry.MarkRestoredAsync)] = (registry, token) => registry.MarkRestoredAsync(1, token),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task EveryMember_FileThatDoesNotAnswer_EndsWithItsCaller(string member)
    {
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        await registry.AppendAsync(Issue("one"), Token);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using (new FrozenFile(_folder.DatabasePath))
        {
            var call = Calls[member](registry, deadline.Token);
            Assert.False(call.IsCompleted);

            await deadline.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        Assert.Equal(Permit, (await registry.LoadAsync(Permit, Token)).History?.Number);
    }

    [Fact]
    public async Task Open_FileThatDoesNotAnswer_EndsWithItsCaller()
    {
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var frozen = new FrozenFile(_folder.DatabasePath);
        var clock = new FakeTimeProvider();
        var opening = SqliteRegistry.OpenAsync(_folder.DatabasePath, true, 1, clock, deadline.Token);
        Assert.False(opening.IsCompleted);

        await deadline.CancelAsync();
        var begun = TimeProvider.System.GetTimestamp();
        while (!opening.IsCompleted)
        {
            // What was begun is given time to end.
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(10), "It does not end.");
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    private static EventAppend Issue(string requestId) =>
        new(requestId, Permit, new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit), "bureau");
}
