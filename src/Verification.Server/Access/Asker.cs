using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access;

/// <summary>Who asks, and what they may see.</summary>
/// <param name="Consumer">Who asks.</param>
/// <param name="Scope">What their class may see.</param>
internal readonly record struct Asker(Consumer Consumer, ConsumerScope Scope)
{
    /// <summary>The name under which their events are recorded.</summary>
    public string Name => Consumer.Name;

    /// <summary>Whose view of a permit's standing they get.</summary>
    public StandingView View => Scope.View;

    /// <summary>Whether they are told where an answer came from, which tells who else asked.</summary>
    public bool SeesSource => Consumer.Roles.HasFlag(ConsumerRoles.Operate);
}
