using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Verification.Microbenchmarks.Allocations;

/// <summary>
/// Makes calls of the service dearer on purpose, from where it counts itself or throws: to see that the gate notices. The product has no
/// switch for it.
/// </summary>
internal sealed class MadeRegression(Action end) : IDisposable
{
    /// <summary>The regressions, by name; each is made while what this gives lives.</summary>
    public static IReadOnlyDictionary<string, Func<IDisposable>> All { get; } = new Dictionary<string, Func<IDisposable>>
    {
        ["64 bytes a check"] = AllocateInEveryCall,
        ["a logger's scope a check"] = LogInEveryCall,
        ["an exception a refusal"] = ThrowInEveryRefusal,
    };

    // Kept, or the compiler leaves it away.
    private static byte[]? Kept { get; set; }

    /// <inheritdoc/>
    public void Dispose() => end();

    // Forty of them and what every array has.
    private static MadeRegression AllocateInEveryCall() => InEveryLookup(() => Kept = new byte[40]);

    private static MadeRegression LogInEveryCall()
    {
        var logger = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.IncludeScopes = true)).CreateLogger<MadeRegression>();
        return InEveryLookup(() => logger.BeginScope("check")?.Dispose());
    }

    private static MadeRegression ThrowInEveryRefusal() => WhereverCounted("verification.refusals", () =>
    {
        try
        {
            throw new InvalidOperationException("Thrown for nothing.");
        }
        catch (InvalidOperationException)
        {
            // That was it.
        }
    });

    private static MadeRegression InEveryLookup(Action suffer) => WhereverCounted("verification.lookups", suffer);

    private static MadeRegression WhereverCounted(string counter, Action suffer)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == counter)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) =>
        {
            for (; count > 0; count--)
            {
                suffer();
            }
        });
        listener.Start();
        return new MadeRegression(listener.Dispose);
    }
}
