using System.Globalization;
using Verification.Audit.Copying;
using Verification.Audit.Files;
using Verification.Audit.Keys;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Audit.Writing;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Audit.Appender;

/// <summary>
/// <c>appender folder key threads flush-milliseconds [database]</c>: appends until it is killed, and writes a line for each record that was taken, its
/// check id. A line stands for an answer that has left. Where a database is named, the log is copied into it meanwhile.
/// </summary>
internal static class Program
{
    private static readonly Entitlement[] Asked = [Entitlement.VehicleLottery, Entitlement.DrivingLicence];

    private static readonly EntitlementDecision[] Told =
    [
        new(Entitlement.VehicleLottery, Decision.Conferred, Basis.CitizenTreatment),
        new(Entitlement.DrivingLicence, Decision.Conditional, Basis.FurtherRules),
    ];

    /// <summary>Appends until it is killed.</summary>
    public static async Task Main(string[] args)
    {
        using var key = SigningKey.Read(args[1]);
        var options = new AuditLogOptions
        {
            Folder = args[0],
            Host = "appender",
            SegmentBytes = 256 << 10,
            BlockBytes = 16 << 10,
            FlushInterval = TimeSpan.FromMilliseconds(int.Parse(args[3], CultureInfo.InvariantCulture)),
            HeadInterval = TimeSpan.FromMilliseconds(100),
        };
        await using var log = AuditLog.Open(options, key, [], new AuditFiles(), TimeProvider.System);
        await using var copier = args.Length > 4 ? Copy(args[4], args[0], log) : null;
        await using var output = Console.OpenStandardOutput();
        var threads = int.Parse(args[2], CultureInfo.InvariantCulture);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() => AppendAsync(log, output, thread))));
    }

    private static AuditCopier Copy(string database, string folder, AuditLog log)
    {
        var options = new AuditCopierOptions { Folder = folder, Interval = TimeSpan.FromMilliseconds(20) };
        var copier = new AuditCopier(options, AuditDatabase.OnSqlite(database), log, TimeProvider.System);
        copier.Start();
        return copier;
    }

    private static async Task AppendAsync(AuditLog log, Stream output, int thread)
    {
        for (var count = 0; ; count++)
        {
            var id = new CheckId(Guid.CreateVersion7(), thread);
            try
            {
                log.Append(Record(id, count));
                await log.KeepAsync();
            }
            catch (AuditUnavailableException)
            {
                // No answer, then.
                await Task.Yield();
                continue;
            }

            // One write a line: less than a pipe takes at once, so lines never mix.
            output.Write(System.Text.Encoding.ASCII.GetBytes(id + "\n"));
        }
    }

    private static AuditDraft Record(CheckId id, int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new AuditDraft
        {
            CheckId = id,
            Instant = now,
            Call = AuditCall.BatchItem,
            Consumer = new AuditConsumer("appender", ConsumerClass.VehicleLottery),
            Number = PermitNumber.Parse(string.Create(CultureInfo.InvariantCulture, $"BJ2024{count % 1_000_000:D6}")),
            AsOf = new DateOnly(2026, 5, 1),
            Entitlements = Asked,
            Answer = new AuditAnswer(new Standing(PermitStatus.Valid, StatusReasons.None), SubjectMatch.NotChecked, CardMatch.NotChecked, null),
            Decisions = Told,
            Provenance = new AuditProvenance(count, now, "2026.2"),
            Reference = AuditText.Of(string.Create(CultureInfo.InvariantCulture, $"case {count}")),
        };
    }
}
