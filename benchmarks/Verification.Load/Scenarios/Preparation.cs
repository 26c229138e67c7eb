using System.Diagnostics;
using System.Security.Cryptography;
using Verification.Client;
using Verification.Core.Rules.Dates;
using Verification.Load.MadeUp;
using Verification.Load.Questions;
using Verification.Load.Results;
using Verification.Load.Servers;

namespace Verification.Load.Scenarios;

/// <summary>Makes the registry that the scenarios stand on: a file of made-up permits, through the service's own import.</summary>
internal static class Preparation
{
    /// <summary>Makes it, and measures what that took.</summary>
    public static async Task<(Ground Ground, IReadOnlyList<Figure> Figures)> MakeAsync(
        Fleet fleet, string folder, int count, Action<string> progress)
    {
        var today = Calendar.DateInBeijing(TimeProvider.System.GetUtcNow());
        var ground = new Ground(new MadeUpPermits(today), today, count, fleet);
        var file = Path.Combine(folder, "register.ndjson");
        progress($"writes a register of {count:N0} permits");
        await using (var text = new StreamWriter(file))
        {
            for (var index = 0; index < count; index++)
            {
                ground.Permits.WriteLines(index, text);
            }
        }

        progress("imports it");
        Directory.CreateDirectory(Path.GetDirectoryName(fleet.Registry)!);
        var service = await fleet.ServiceAsync(ServiceKind.Usual);
        var before = await service.ReadAsync();
        var startedAt = Stopwatch.GetTimestamp();
        await ImportAsync(service, file, ground.Revision, progress);
        var took = Stopwatch.GetElapsedTime(startedAt);
        var used = await service.ReadAsync() - before;
        File.Delete(file);

        // Started anew with its registry, as after a deployment.
        await fleet.EndAsync(ServiceKind.Usual);
        service = await fleet.ServiceAsync(ServiceKind.Usual);
        var says = $"{count:N0} permits, {Story.EventsAPermit} events a permit, grouped by permit";
        return (ground,
        [
            new Figure("import", ground.Revision / took.TotalSeconds, "events/s", says),
            new Figure("import, processor time", used.CpuMicroseconds / ground.Revision, "µs/event", says),
            new Figure("start to ready", service.ReadyAfter.TotalSeconds, "s", $"a registry of {count:N0} permits, {Story.EventsAPermit} events a permit"),
        ]);
    }

    private static async Task ImportAsync(ServerProcess service, string file, long events, Action<string> progress)
    {
        using var client = new PermitVerificationClient(new PermitVerificationOptions { Address = service.Address, ApiKey = Keys.Authority });
        await using var ndjson = File.OpenRead(file);
        var loaded = 0L;
        var told = Stopwatch.GetTimestamp();
        await foreach (var step in client.ImportAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), ndjson))
        {
            loaded = step.EventsLoaded;
            if (step.Rejects.Count > 0)
            {
                throw new InvalidOperationException($"The made-up register is not admissible: line {step.Rejects[0].Line}, {step.Rejects[0].Code}.");
            }

            if (Stopwatch.GetElapsedTime(told) > TimeSpan.FromSeconds(5))
            {
                told = Stopwatch.GetTimestamp();
                progress($"  {loaded:N0} of {events:N0} events");
            }
        }

        if (loaded != events)
        {
            throw new InvalidOperationException($"The import loaded {loaded} of {events} events.");
        }
    }
}
