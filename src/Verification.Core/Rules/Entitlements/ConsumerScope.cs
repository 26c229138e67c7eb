using System.Collections.Immutable;
using Verification.Core.Rules.Codes;

namespace Verification.Core.Rules.Entitlements;

/// <summary>What consumers of one class may see (policy §9).</summary>
public sealed class ConsumerScope
{
    private readonly uint _entitlements;

    /// <summary>A scope of these entitlements, each named once, with this view.</summary>
    /// <param name="entitlements">The entitlements.</param>
    /// <param name="view">The view.</param>
    /// <param name="source">The source of the rule.</param>
    /// <param name="seesAll">Whether they are all that there are: then one that comes with a later rulebook may be named too.</param>
    /// <exception cref="ArgumentException">No entitlement is named, or one twice.</exception>
    public ConsumerScope(IEnumerable<Entitlement> entitlements, StandingView view, string source, bool seesAll = false)
    {
        Entitlements = [.. entitlements.Order()];
        View = view;
        Source = source;
        foreach (var entitlement in Entitlements)
        {
            if (Contains(entitlement))
            {
                throw new ArgumentException("A scope names each entitlement once.", nameof(entitlements));
            }

            _entitlements |= BitOf(entitlement);
        }

        if (_entitlements == 0)
        {
            throw new ArgumentException("A scope names at least one entitlement.", nameof(entitlements));
        }

        _entitlements = seesAll ? uint.MaxValue : _entitlements;
    }

    /// <summary>The entitlements that are told where none is named, in order.</summary>
    public ImmutableArray<Entitlement> Entitlements { get; }

    /// <summary>Whose view of a permit's standing.</summary>
    public StandingView View { get; }

    /// <summary>The source of the rule.</summary>
    public string Source { get; }

    /// <summary>Whether an entitlement may be named.</summary>
    public bool Contains(Entitlement entitlement) => (_entitlements & BitOf(entitlement)) != 0;

    private static uint BitOf(Entitlement entitlement) => 1u << (int)entitlement;
}
