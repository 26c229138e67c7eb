using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Writing;
using Verification.Server.Configuration;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Auditing;

/// <summary>How the log is found, and what is told of it.</summary>
public sealed class AuditStartTests : IDisposable
{
    private const string Number = "BJ2024000017";

    private readonly AuditHome _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task Start_FolderThatAnotherProcessWrites_IsRefused()
    {
        await using var first = await TestServer.StartAsync(audit: _audit);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(audit: _audit));

        Assert.Equal($"The audit folder '{_audit.Folder}' is in use by another process. Every node needs a folder of its own.", refusal.Message);
    }

    [Theory]
    [InlineData("SigningKeyFile=", "Verification:Audit:SigningKeyFile is required: ")]
    [InlineData("SigningKeyFile=/nowhere.pem", "Verification:Audit:SigningKeyFile cannot be read: ")]
    [InlineData("FormerKeyFiles:0=/nowhere.pem", "Verification:Audit:FormerKeyFiles:0 cannot be read: ")]
    [InlineData("SegmentBytes=65535", "Verification:Audit:SegmentBytes is '65535'; it must be a whole number from 65536 to 1073741824.")]
    [InlineData("FlushInterval=11s", "Verification:Audit:FlushInterval is '11s'; it must be a time from 0s to 10s.")]
    public async Task Start_WrongSetting_IsRefusedByItsName(string setting, string problem)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => TestServer.StartAsync(audit: _audit, args: $"--Verification:Audit:{setting}"));

        Assert.StartsWith(problem, Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AfterAStop_GoesOnWithTheLog()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var server = await TestServer.StartAsync(audit: _audit);
            await server.VerdictAsync(Calls.Check(Number));
        }

        Assert.Equal(
            [AuditCall.LogStarted, AuditCall.Check, AuditCall.LogStarted, AuditCall.Check], _audit.Records().Select(record => record.Call));
        Assert.True(_audit.Verify() is { IsIntact: true, IsClosed: true });
    }

    [Fact]
    public async Task Start_TornTail_IsCutWithAWarningThatNamesTheFile()
    {
        using var left = await KilledAsync();
        var segment = left.Log.Segments()[^1].Path;
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        var end = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        bytes[end] = 40;
        bytes[end + 2] = 7;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);

        await using var server = await TestServer.StartAsync(audit: left);

        var torn = Assert.Single(left.Log.TornTails());
        var warning = Assert.Single(server.Logs.Texts, text => text.Contains("TailCut", StringComparison.Ordinal));
        Assert.Contains(torn, warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DamageUnderAHead_IsAnErrorAndBeginsAnotherLog()
    {
        await using (var server = await TestServer.StartAsync(audit: _audit))
        {
            await server.VerdictAsync(Calls.Check(Number));
        }

        var segment = _audit.Log.Segments()[^1].Path;
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);

        await using var again = await TestServer.StartAsync(audit: _audit);
        again.ExpectsError = error => error.Contains("DAMAGED", StringComparison.Ordinal);

        Assert.Contains(again.Logs.Errors, error => error.Contains(segment, StringComparison.Ordinal));
        Assert.Equal(2, AuditFolder.Logs(_audit.Folder).Length);
        await again.VerdictAsync(Calls.Check(Number));
        Assert.Single(await again.RecordsAsync());
        Assert.Equal(bytes, await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_AnotherKey_GoesOnWhereTheFormerOneIsNamed()
    {
        await using (var server = await TestServer.StartAsync(audit: _audit))
        {
            await server.VerdictAsync(Calls.Check(Number));
        }

        using var other = SigningKey.Create();
        var file = Path.Combine(Path.GetDirectoryName(_audit.KeyFile)!, "other.pem");
        other.Write(file);

        await using var again = await TestServer.StartAsync(
            audit: _audit, args: [$"--Verification:Audit:SigningKeyFile={file}", $"--Verification:Audit:FormerKeyFiles:0={_audit.KeyFile}"]);

        Assert.False(again.Service<AuditLog>().Start.IsNew);
        Assert.Single(AuditFolder.Logs(_audit.Folder));
    }

    [Fact]
    public async Task Start_Demo_MakesAKeyInItsDataFolderAndKeepsIt()
    {
        var folder = TestServer.NewFolder();
        string[] settings = ["--demo", "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0", $"--Verification:DataDirectory={folder}"];
        KeyId[] keys = [await StartAsync(), await StartAsync()];

        Assert.Equal(keys[0], keys[1]);
        Assert.Single(AuditFolder.Logs(Path.Combine(folder, "audit")));
        Directory.Delete(folder, recursive: true);

        async Task<KeyId> StartAsync()
        {
            await using var app = await Program.CreateAsync(settings, TimeProvider.System);
            using var key = SigningKey.Read(Path.Combine(folder, "audit-key.pem"));
            return key.Id;
        }
    }

    /// <summary>What a server leaves that answered something and was killed.</summary>
    private async Task<AuditHome> KilledAsync()
    {
        await using var server = await TestServer.StartAsync(audit: _audit);
        await server.VerdictAsync(Calls.Check(Number));
        return _audit.Copy();
    }
}
