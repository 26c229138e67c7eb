using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Verdicts;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks.AtOnce;

/// <summary>What became of a check: an answer, or why there is none.</summary>
/// <param name="Error">Why there is none; null where there is an answer, which the others make up.</param>
/// <param name="Number">The permit; null where no well-formed number was sent.</param>
/// <param name="Id">The check's identifier.</param>
/// <param name="Check">The check.</param>
/// <param name="Verdict">The verdict on it.</param>
/// <param name="Known">What that rests on.</param>
internal readonly record struct CheckOutcome(
    RpcStatus? Error, PermitNumber? Number, CheckId Id = default, Check Check = default, Verdict Verdict = default, PermitAnswer Known = default);
