using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Verification.Microbenchmarks.Allocations;

/// <summary>Makes every lookup of the service dearer on purpose, where it counts itself: to see that the gate notices. The product has no switch for it.</summary>
internal sealed class MadeRegression : IDisposable
{
    private readonly MeterListener _listener = new();

    private MadeRegression(Action suffer)
    {
        _listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "verification.lookups")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => suffer());
        _listener.Start();
    }

    /// <summary>The regressions, by name; each is made while what this gives lives.</summary>
    public static IReadOnlyDictionary<string, Func<IDisposable>> All { get; } = new Dictionary<string, Func<IDisposable>>
    {
        ["64 bytes a check"] = AllocateInEveryCall,
        ["a logger's scope a check"] = LogInEveryCall,
    };

    // Kept, or the compiler leaves it away.
    private static byte[]? Kept { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    // Forty of them and what every array has.
    private static MadeRegression AllocateInEveryCall() => new(() => Kept = new byte[40]);

    private static MadeRegression LogInEveryCall()
    {
        var logger = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.IncludeScopes = true)).CreateLogger<MadeRegression>();
        return new MadeRegression(() => logger.BeginScope("check")?.Dispose());
    }
}
