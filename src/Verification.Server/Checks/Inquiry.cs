using Verification.Audit.Records;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;

namespace Verification.Server.Checks;

/// <summary>
/// What one message is answered for and by; taken once, by one look at the clock, so that all of its answer is of one day and one
/// rulebook.
/// </summary>
/// <param name="Id">The message's identifier, which its answer and its records bear.</param>
/// <param name="Call">What its records are of.</param>
/// <param name="Asker">Who asks.</param>
/// <param name="Instant">When it came.</param>
/// <param name="Today">The day in Beijing at that instant.</param>
/// <param name="Rulebook">The rulebook in use on that day, or the one that the asker named.</param>
internal readonly record struct Inquiry(Guid Id, AuditCall Call, Asker Asker, DateTimeOffset Instant, Day Today, Rulebook Rulebook)
{
    /// <summary>
    /// What the asker may see, by the same rulebook: an answer repeated under the rulebook of its time shows what it showed then.
    /// </summary>
    public ConsumerScope Scope => Rulebook.ScopeOf(Asker.Class);

    /// <summary>Whose view of a permit's standing they get.</summary>
    public StandingView View => Scope.View;
}
