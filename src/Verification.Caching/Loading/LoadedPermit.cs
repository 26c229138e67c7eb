using Verification.Caching.Memory;
using Verification.Core.Lookup;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Loading;

/// <summary>What a load found of a number, and where.</summary>
/// <param name="Compiled">The facts, compiled.</param>
/// <param name="History">The facts; null when the registry knew no such number, and when memory had them compiled by then.</param>
/// <param name="Source">Where they came from.</param>
/// <param name="AsOf">They reflect every event committed before this instant, where it is known.</param>
internal sealed record LoadedPermit(CompiledPermit Compiled, PermitHistory? History, LookupSource Source, DateTimeOffset AsOf)
{
    /// <summary>Whether it tells what was so at a revision: with an event after that, the facts are needed to leave it out.</summary>
    public bool Tells(long revision) => Compiled.LastRevision <= revision || History is not null;
}
