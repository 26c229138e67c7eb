using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Verification.Audit.Verifying;

namespace Verification.Cli.Output;

/// <summary>What verifying an audit log found, for a program.</summary>
internal static class VerificationJson
{
    public static JsonObject Of(ImmutableArray<LogVerification> logs) => new()
    {
        ["intact"] = logs.All(log => log.IsIntact),
        ["logs"] = new JsonArray([.. logs.Select(Of)]),
    };

    public static JsonObject Of(LogVerification log) => new()
    {
        ["log_id"] = log.Log.LogId.ToString("N"),
        ["folder"] = Path.GetFileName(log.Log.Path),
        ["intact"] = log.IsIntact,
        ["closed"] = log.IsClosed,
        ["blocks"] = log.Blocks,
        ["records"] = log.Records,
        ["last_block"] = log.Last?.Sequence,
        ["last_hash"] = log.Last?.Hash.ToString(),
        ["findings"] = new JsonArray([.. log.Findings.Select(Of)]),
    };

    private static JsonObject Of(AuditFinding finding) => new()
    {
        ["kind"] = VerificationView.NameOf(finding.Kind),
        ["tampering"] = finding.IsTampering,
        ["place"] = finding.Place,
        ["segment"] = finding.Segment,
        ["block"] = finding.Block,
        ["offset"] = finding.Offset,
        ["detail"] = finding.Detail,
    };
}
