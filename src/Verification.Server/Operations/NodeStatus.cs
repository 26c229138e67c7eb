using Google.Protobuf.WellKnownTypes;
using Verification.Audit.Copying;
using Verification.Audit.Writing;
using Verification.Caching;
using Verification.Caching.Coherence;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access.Consumers;
using Verification.Server.Checks;
using Verification.Server.Errors;
using Verification.Server.Hosting;
using Verification.Server.Hosting.Certificates;
using Verification.Server.Limits;
using Verification.Server.Telemetry;
using Contract = Permits.Operations.V1;

namespace Verification.Server.Operations;

/// <summary>What this node knows of itself. It asks nobody.</summary>
internal sealed class NodeStatus(
    RegistryNode node,
    LookupReadiness readiness,
    NodeDescription description,
    AuditLog audit,
    AuditCopier copier,
    ChecksInFlight inFlight,
    ServerLimits limits,
    ConsumerDirectory consumers,
    CurrentCertificates certificates,
    Inquiries inquiries,
    RulebookLibrary rulebooks,
    TimeProvider clock)
{
    /// <summary>Writes it.</summary>
    public Contract.GetNodeStatusResponse Write()
    {
        var reasons = readiness.Check().Select(LookupReadiness.CodeOf).ToList();
        if (audit.Trouble is not null)
        {
            reasons.Add(ErrorReasons.AuditUnavailable);
        }

        var state = node.State;
        return new Contract.GetNodeStatusResponse
        {
            Version = TelemetryHosting.Version,
            Host = Environment.MachineName,
            StartedAt = Timestamp.FromDateTimeOffset(description.StartedAt),
            Now = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
            Ready = reasons.Count == 0,
            Reasons = { reasons },
            RulebookVersion = inquiries.Today is { IsCertain: true } today ? rulebooks.On(today.Date).Version : string.Empty,
            Consumers = consumers.Current.Consumers.Length,
            ProcessBytes = Environment.WorkingSet,
            Registry = RegistryOf(state),
            Memory = new() { Permits = state.Permits, Absences = state.Absences },
            Redis = state.Redis is { } redis ? new() { Connected = redis.IsConnected, LeftAlone = redis.IsLeftAlone } : null,
            Audit = AuditOf(copier.Status),
            Load = new() { ChecksInFlight = (int)(limits.ChecksInFlight - inFlight.Room), ChecksInFlightLimit = limits.ChecksInFlight },
            Certificates =
            {
                certificates.Files.Select(file => new Contract.CertificateStatus
                {
                    Endpoint = file.Name,
                    NotAfter = Timestamp.FromDateTime(file.Current.TargetCertificate.NotAfter.ToUniversalTime()),
                }),
            },
        };
    }

    private Contract.RegistryStatus RegistryOf(NodeState state) => new()
    {
        Store = description.Store,
        RegistryId = readiness.RegistryId?.ToString() ?? string.Empty,
        Revision = readiness.Revision ?? 0,
        Staleness = readiness.Age is { } age ? Duration.FromTimeSpan(age) : null,
        ClockSkew = Duration.FromTimeSpan(readiness.ClockSkew),
        Empty = readiness.IsEmpty,
        DamagedPermits = readiness.DamagedPermits,
        Polls = state.Polls,
        PollsFailed = state.PollsFailed,
        Failure = state.Failure ?? string.Empty,
    };

    private Contract.AuditStatus AuditOf(CopyStatus copy) => new()
    {
        Available = audit.Trouble is null,
        Trouble = audit.Trouble?.Message ?? string.Empty,
        UnflushedBytes = audit.UnflushedBytes,
        BehindBytes = copy.BytesBehind,
        BehindSince = copy.OldestNotCopied is { } oldest ? Timestamp.FromDateTimeOffset(oldest) : null,
        CopyFailure = copy.Error ?? string.Empty,
    };
}
