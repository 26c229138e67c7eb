using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Storage.Sqlite;

namespace Verification.Storage.Tests.Sqlite;

/// <summary>Nothing is recorded into files that have no name any more.</summary>
public sealed class OpenFilesTests : IDisposable
{
    private readonly SqliteFolder _folder = new();
    private int _requests;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.GetDirectoryName(_folder.DatabasePath)!;

    public static TheoryData<string, bool> Losses() => new()
    {
        { "", false }, { "", true }, { "-wal", false }, { "-wal", true }, { "-shm", false }, { "-shm", true },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Append_FileDeletedOrReplaced_IsRefusedAsAreReads(string suffix, bool replaced)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the open file forbids it.");
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        await AppendAsync(registry);
        var path = _folder.DatabasePath + suffix;
        if (replaced)
        {
            File.Copy(path, path + ".other");
            File.Move(path + ".other", path, overwrite: true);
        }
        else
        {
            File.Delete(path);
        }

        var refused = await Assert.ThrowsAsync<RegistryReplacedException>(() => AppendAsync(registry));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.Contains(replaced ? "replaced" : "deleted", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RegistryReplacedException>(() => registry.ReadChangesAsync(0, 10, Token));
        await Assert.ThrowsAsync<RegistryReplacedException>(() => registry.LoadAsync(PermitNumber.Parse("BJ2024000001"), Token));
        await Assert.ThrowsAsync<RegistryReplacedException>(() => registry.MarkRestoredAsync(1, Token));
        await Assert.ThrowsAsync<RegistryReplacedException>(() => registry.ConfirmClockAsync(Token));
    }

    [Fact]
    public async Task Append_FolderRenamedAndBackAgain_IsRefusedMeanwhileAndThenGoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the open file forbids it.");
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        await AppendAsync(registry);
        Directory.Move(Folder, Folder + "-away");

        await Assert.ThrowsAsync<RegistryReplacedException>(() => AppendAsync(registry));

        Directory.Move(Folder + "-away", Folder);
        var next = await AppendAsync(registry);
        Assert.Equal(2, next.Revision);
        Assert.Equal(2, (await registry.LoadAsync(PermitNumber.Parse("BJ2024000001"), Token)).History!.Events.Length);
    }

    private Task<AppendResult> AppendAsync(SqliteRegistry registry)
    {
        var number = PermitNumber.Parse("BJ2024000001");
        PermitEvent happening = _requests++ == 0
            ? new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit)
            : new Reissued(new DateOnly(2024, 3, 6));
        return registry.AppendAsync(new EventAppend($"request-{_requests}", number, happening, "bureau"), Token);
    }
}
