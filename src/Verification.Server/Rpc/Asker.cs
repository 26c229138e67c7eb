using System.Collections.Immutable;
using Grpc.Core;
using Verification.Core.Rules;

namespace Verification.Server.Rpc;

/// <summary>Who asks, and what they may see.</summary>
/// <param name="Name">The name under which their events are recorded.</param>
/// <param name="View">Whose view of a permit's standing they get.</param>
/// <param name="Scope">The entitlements that they may see, in order.</param>
internal sealed record Asker(string Name, StandingView View, ImmutableArray<Entitlement> Scope)
{
    /// <summary>Anyone: there are no consumers yet, so everyone has the issuing authority's view and the whole scope.</summary>
    public static Asker Anonymous { get; } = new("anonymous", StandingView.Authority, [.. Enum.GetValues<Entitlement>()]);

    /// <summary>Who makes a call. Credentials are accepted and not looked at yet.</summary>
    public static Asker Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Anonymous;
    }
}
