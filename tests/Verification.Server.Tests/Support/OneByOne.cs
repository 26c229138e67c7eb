using Verification.Audit.Records;
using Verification.Server.Auditing;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Support;

/// <summary>For doubles of the audit log that know no more than to take one record.</summary>
internal static class OneByOne
{
    /// <summary>Takes records until one is not taken.</summary>
    public static RpcStatus? Append<TDrafts>(IAuditTrail trail, TDrafts drafts, out int taken)
        where TDrafts : IAuditDrafts, allows ref struct
    {
        for (taken = 0; taken < drafts.Count; taken++)
        {
            if (trail.TryAppend(drafts[taken]) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
