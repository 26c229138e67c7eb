using Verification.Caching.Memory;
using Verification.Core.Lookup;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Loading;

/// <summary>What a load found, where, and the facts themselves.</summary>
/// <param name="Compiled">The facts compiled.</param>
/// <param name="History">The facts; null when the registry knew no such number, and when memory had them compiled by now.</param>
/// <param name="Source">Where they came from.</param>
/// <param name="AsOf">They reflect every event committed before this instant, where it is known.</param>
internal sealed record LoadedPermit(CompiledPermit Compiled, PermitHistory? History, LookupSource Source, DateTimeOffset AsOf);
