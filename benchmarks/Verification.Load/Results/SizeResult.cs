using Verification.Load.Measuring;

namespace Verification.Load.Results;

/// <summary>What a hit costs, and a permit holds, with so many permits in memory.</summary>
/// <param name="Permits">Permits, all in memory, with four events each on average.</param>
/// <param name="CpuMicroseconds">The service's processor time for a check of a random one.</param>
/// <param name="OverEcho">The same over the echo's.</param>
/// <param name="BytesAPermit">What lives on the heap for a permit.</param>
internal sealed record SizeResult(int Permits, double CpuMicroseconds, Ratio OverEcho, double BytesAPermit);
