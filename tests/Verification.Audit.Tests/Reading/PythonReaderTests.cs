using System.Text.Json.Nodes;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Reading;

/// <summary>A reader written from docs/audit-format.md alone, in another language, reads what was written.</summary>
public sealed class PythonReaderTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public PythonReaderTests() => Assert.SkipUnless(Programs.Has("python3", "--version"), "python3 is not installed.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_LogOfEveryKind_GivesEveryFieldOfEveryRecord()
    {
        var expected = await WriteAsync();

        var (exitCode, output, error) = Read();

        Assert.True(exitCode == 0, error);
        var read = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Length, read.Length);
        Assert.All(expected.Zip(read), pair => Assert.True(JsonNode.DeepEquals(pair.First, JsonNode.Parse(pair.Second)), $"{pair.First}\n{pair.Second}"));
    }

    [Fact]
    public async Task Read_WithThePublicKey_ChecksEverySignature()
    {
        Assert.SkipUnless(Programs.Has("openssl", "version"), "openssl is not installed.");
        await WriteAsync();
        var key = Path.Combine(_folder.Path, "public.pem");
        await File.WriteAllTextAsync(key, _folder.Key.PublicKey.ToPem(), TestContext.Current.CancellationToken);

        var (exitCode, _, error) = Read(key);
        Assert.True(exitCode == 0, error);

        using var other = Audit.Keys.SigningKey.Create();
        await File.WriteAllTextAsync(key, other.PublicKey.ToPem(), TestContext.Current.CancellationToken);
        Assert.Contains("damaged: the key's id", Read(key).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ChangedByte_SaysSo()
    {
        await WriteAsync();
        var path = _folder.Log.Segments()[1].Path;
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[1000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        Assert.Contains("damaged", Read().Error, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Error) Read(params string[] key) =>
        Programs.Run("python3", [Path.Combine(AppContext.BaseDirectory, "Reading", "audit_reader.py"), _folder.Log.Path, .. key]);

    /// <summary>A log of three starts, with a segment deleted.</summary>
    private async Task<JsonObject[]> WriteAsync()
    {
        for (var start = 0; start < 3; start++)
        {
            await using var log = _folder.Open();
            var records = new MadeUpRecords(start);
            await LogFolder.AppendAsync(log, [.. records.Mixture(1_000), .. records.Lottery(300), .. records.Clerks(300)]);
            if (start == 2)
            {
                log.Delete(_folder.Log.Segments()[0]);
            }
        }

        return [.. _folder.Blocks().SelectMany(block => block.Records()).Select(found => RecordJson.Of(found.Record))];
    }
}
