using System.Text.Json.Serialization;

namespace Verification.Load.Measuring;

/// <summary>What a server says of itself at an instant; two readings make a round.</summary>
/// <param name="CpuMicroseconds">The processor time of its process, user and system.</param>
/// <param name="CompilingMicroseconds">How long the runtime has compiled, what is called often also anew, beside the calls.</param>
/// <param name="AllocatedBytes">All that it ever allocated.</param>
/// <param name="HeapBytes">What lives on its heap, where that was asked for; otherwise 0.</param>
/// <param name="Counters">Its own counters, by name and first tag: <c>verification.lookups/memory</c>.</param>
internal sealed record ServerReading(
    double CpuMicroseconds, double CompilingMicroseconds, long AllocatedBytes, long HeapBytes, IReadOnlyDictionary<string, long> Counters)
{
    /// <summary>What was used between two readings.</summary>
    public static ServerReading operator -(ServerReading later, ServerReading earlier) => new(
        later.CpuMicroseconds - earlier.CpuMicroseconds,
        later.CompilingMicroseconds - earlier.CompilingMicroseconds,
        later.AllocatedBytes - earlier.AllocatedBytes,
        later.HeapBytes,
        later.Counters.ToDictionary(pair => pair.Key, pair => pair.Value - earlier.Counters.GetValueOrDefault(pair.Key)));

    /// <summary>The sum of the counters whose name begins so.</summary>
    public long Count(string prefix) =>
        Counters.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(pair => pair.Value);

    /// <summary>Lookups that were answered, whoever knew.</summary>
    [JsonIgnore]
    public long Lookups => Count("verification.lookups/");

    /// <summary>Calls and items of batches that were refused, for whatever reason.</summary>
    [JsonIgnore]
    public long Refusals => Count("verification.refusals/");
}
