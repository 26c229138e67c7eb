using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Verification.Audit.Verifying;

namespace Verification.Cli.Output;

/// <summary>What verifying an audit log found, for a program.</summary>
internal static class VerificationJson
{
    public static JsonObject Of(AuditVerification verification) => new()
    {
        ["intact"] = verification.IsIntact,
        ["logs"] = new JsonArray([.. verification.Logs.Select(Of)]),
        ["differences"] = Of(verification.Differences),
    };

    public static JsonObject Of(VerifiedLog log) => new()
    {
        ["log_id"] = log.LogId,
        ["place"] = log.Place,
        ["intact"] = log.IsIntact,
        ["closed"] = log.IsClosed,
        ["blocks"] = log.Blocks,
        ["records"] = log.Records,
        ["last_block"] = log.Last,
        ["findings"] = Of(log.Findings),
    };

    private static JsonArray Of(ImmutableArray<AuditFinding> findings) => new([.. findings.Select(finding => new JsonObject
    {
        ["kind"] = VerificationView.NameOf(finding.Kind),
        ["tampering"] = finding.IsTampering,
        ["place"] = finding.Place,
        ["segment"] = finding.Segment,
        ["block"] = finding.Block,
        ["offset"] = finding.Offset,
        ["detail"] = finding.Detail,
    })]);
}
