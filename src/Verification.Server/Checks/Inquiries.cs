using Grpc.Core;
using Verification.Audit.Records;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;
using Verification.Server.Telemetry;

namespace Verification.Server.Checks;

/// <summary>Begins to answer messages. The instant, and with it the identifier, today and the rulebook, is taken once for each.</summary>
internal sealed class Inquiries(RulebookLibrary rulebooks, Days days, TimeProvider timeProvider, CallMarks marks)
{
    /// <summary>Today in Beijing.</summary>
    public Day Today => days.At(timeProvider.GetUtcNow());

    /// <summary>Begins to answer a message, under the rulebook in use now or another one that it names.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="call">What its records are of.</param>
    /// <param name="rulebookVersion">The rulebook that it names; empty where it names none.</param>
    /// <exception cref="RpcException">PERMISSION_DENIED where the asker may not name one, NOT_FOUND where there is none such.</exception>
    public Inquiry Begin(Asker asker, AuditCall call, string rulebookVersion)
    {
        var now = timeProvider.GetUtcNow();
        var today = days.At(now);
        var rulebook = rulebookVersion.Length == 0 ? rulebooks.On(today.Date)
            : !asker.Has(ConsumerRoles.Audit) ? throw RpcErrors.RoleMissingForRulebook().ToRpcException()
            : rulebooks.Find(rulebookVersion) ?? throw RpcErrors.RulebookUnknown();
        var id = MessageIds.New(now);
        marks.Mark(id);
        return new Inquiry(id, call, asker, now, today, rulebook);
    }
}
