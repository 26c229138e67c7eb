using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Rules.Verdicts;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks.Batches;

/// <summary>A check of a batch on its way to its answer.</summary>
internal struct SettledCheck
{
    /// <summary>Its identifier.</summary>
    public CheckId Id;

    /// <summary>What was asked.</summary>
    public Check Check;

    /// <summary>What the verdict rests on.</summary>
    public PermitAnswer Known;

    /// <summary>What was decided.</summary>
    public Verdict Verdict;

    /// <summary>Why it has no verdict; null where it has one.</summary>
    public RpcStatus? Refusal;
}
