using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;

namespace Verification.Server.Checks;

/// <summary>What one message is answered for and by; taken once, so that all of its answer is of one day and one rulebook.</summary>
/// <param name="Asker">Who asks.</param>
/// <param name="Today">The day in Beijing.</param>
/// <param name="Rulebook">The rulebook.</param>
internal readonly record struct Inquiry(Asker Asker, DateOnly Today, Rulebook Rulebook)
{
    /// <summary>What the asker may see.</summary>
    public ConsumerScope Scope => Rulebook.ScopeOf(Asker.Class);

    /// <summary>Whose view of a permit's standing they get.</summary>
    public StandingView View => Scope.View;
}
