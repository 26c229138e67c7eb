using Verification.Audit.Records;
using Verification.Core.Rules.Codes;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;

namespace Verification.Server.Access;

/// <summary>
/// Who makes a call, as of its last message: a feature of the request, set at the gate and renewed with every message by
/// <see cref="Askers"/>. Everything that must know who asks reads it.
/// </summary>
/// <param name="Credential">What they have proved to have.</param>
/// <param name="Decision">That it lets them in.</param>
internal sealed record Asker(Credential Credential, AccessDecision Decision)
{
    /// <summary>The name under which their events are recorded and their errors counted.</summary>
    public string Name => Decision.Consumer.Name;

    /// <summary>Their class, which decides what they may see.</summary>
    public ConsumerClass Class => Decision.Consumer.Class;

    /// <summary>How records name them.</summary>
    public AuditConsumer Recorded => new(Name, Class);

    /// <summary>What they may still do.</summary>
    public Budget Budget => Decision.Consumer.Budget;

    /// <summary>
    /// Whether they must bring an identity number with every check, and are told nothing of a permit that is not that person's: numbers can be
    /// read off a neighbour's card, and guessed.
    /// </summary>
    public bool MustIdentify => Decision.Consumer.MustIdentify;

    /// <summary>Whether they are told where an answer came from, which tells who else asked.</summary>
    public bool SeesSource => Has(ConsumerRoles.Operate);

    /// <summary>Whether they have a role.</summary>
    public bool Has(ConsumerRoles role) => Decision.Consumer.Roles.HasFlag(role);
}
