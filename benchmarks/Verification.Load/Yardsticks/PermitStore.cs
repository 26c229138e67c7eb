using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Load.Yardsticks;

/// <summary>Loads what the caches hold, from the same store as the service.</summary>
internal sealed class PermitStore(IPermitReader registry, TimeProvider clock)
{
    /// <summary>Today in Beijing.</summary>
    public DateOnly Today => Calendar.DateInBeijing(clock.GetUtcNow());

    /// <summary>Today's rulebook.</summary>
    public Rulebook Rulebook => RulebookLibrary.Embedded.On(Today);

    /// <summary>Loads a permit.</summary>
    public async ValueTask<CachedPermit> LoadAsync(PermitNumber number, CancellationToken cancellationToken)
    {
        var load = await registry.LoadAsync(number, cancellationToken);
        return new CachedPermit(load.History is { } history ? TimelineCompiler.Compile(history, Rulebook) : null);
    }
}
