using System.Globalization;
using System.Reflection;
using Verification.Audit.Files;
using Verification.Audit.Format;
using Verification.Audit.Reading;
using Verification.Audit.Tests.Support;
using Verification.Audit.Writing;

namespace Verification.Audit.Tests.Writing;

/// <summary>
/// A process that appends from several threads is killed at a random moment, again and again in one folder. The full form:
/// <c>VERIFICATION_AUDIT_KILLS=50</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_KILLS") ?? "3", CultureInfo.InvariantCulture);

    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_ProcessIsKilled_EveryAnswerHasItsRecord()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {Kills} kills");
        var random = new Random(seed);
        var key = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "key.pem");
        _folder.Key.Write(key);
        var answered = new HashSet<string>();
        var cuts = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            answered.UnionWith(await KillAsync(key, flushMilliseconds: kill % 2 == 0 ? 100 : 0, random));
            var before = RecordsOnDisk();

            await using (var log = AuditLog.Open(_folder.Options, _folder.Key, [], new AuditFiles(), TimeProvider.System))
            {
                Assert.Empty(log.Start.Damage);
                cuts += log.Start.Cut.Length;
            }

            // Every whole record stands where it stood.
            Assert.Equal(before, Recorded().Take(before.Length));
        }

        var verified = _folder.Verify();
        Assert.True(verified.IsIntact, string.Join("; ", verified.Findings));
        Assert.True(verified.IsClosed);
        var recorded = Recorded().ToArray();
        Assert.Empty(answered.Except(recorded));
        Assert.Equal(recorded.Length, recorded.Distinct().Count());
        output.WriteLine($"{answered.Count} answers, {recorded.Length} records, {cuts} torn tails cut");
    }

    /// <summary>The answers that a process gave until it was killed, at a random one of them.</summary>
    private async Task<List<string>> KillAsync(string key, int flushMilliseconds, Random random)
    {
        var program = typeof(KillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "appender").Value!;
        using var process = Programs.Start("dotnet", program, _folder.Path, key, "4", flushMilliseconds.ToString(CultureInfo.InvariantCulture));
        var wanted = random.Next(1, flushMilliseconds == 0 ? 1_000 : 20_000);
        var answers = new List<string>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                answers.Add(line);
                if (answers.Count == wanted)
                {
                    process.Kill();
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(answers.Count >= wanted, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return answers;
    }

    private IEnumerable<string> Recorded() =>
        _folder.Blocks().SelectMany(block => block.Records()).Select(found => found.Record.CheckId.ToString());

    /// <summary>What a killed process left, frame by frame, whether a head covers it or not.</summary>
    private string[] RecordsOnDisk() => [.. _folder.Log.Segments().SelectMany(segment => RecordsIn(File.ReadAllBytes(segment.Path)))];

    private static List<string> RecordsIn(byte[] bytes)
    {
        var records = new List<string>();
        for (var extent = BlockExtent.Find(bytes, 0); extent.State != BlockState.None; extent = BlockExtent.Find(bytes, extent.End))
        {
            records.AddRange(BlockRecords.Read(bytes, extent).Select(found => found.Record.CheckId.ToString()));
            if (extent.State != BlockState.Ended)
            {
                break;
            }
        }

        return records;
    }
}
