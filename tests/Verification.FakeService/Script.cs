using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Permits.Audit.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.FakeService;

/// <summary>What the fake service answers, and what it was asked.</summary>
internal sealed class Script
{
    public Func<VerifyPermitRequest, VerifyPermitResponse> Verify { get; set; } = _ => throw Unscripted();

    /// <summary>Answers a check in its own time; null leaves it to <see cref="Verify"/>.</summary>
    public Func<VerifyPermitRequest, ServerCallContext, Task<VerifyPermitResponse>>? VerifyAsync { get; set; }

    /// <summary>Has a whole stream for itself; null leaves it to <see cref="Stream"/>.</summary>
    public Func<IAsyncStreamReader<StreamVerifyPermitsRequest>, IServerStreamWriter<StreamVerifyPermitsResponse>, ServerCallContext, Task>? StreamCall
    {
        get;
        set;
    }

    /// <summary>What it says of its health to whoever watches it.</summary>
    public HealthServiceImpl WatchedHealth { get; } = new();

    /// <summary>Answers one message of a stream; what it throws ends the call.</summary>
    public Func<BatchVerifyPermitsRequest, StreamVerifyPermitsResponse> Stream { get; set; } = _ => throw Unscripted();

    public Func<GetTimelineRequest, GetTimelineResponse> Timeline { get; set; } = _ => throw Unscripted();

    public Func<GetCheckRequest, GetCheckResponse> CheckRead { get; set; } = _ => throw Unscripted();

    public Func<GetRulebookRequest, GetRulebookResponse> Rulebook { get; set; } = _ => throw Unscripted();

    public Func<GetCallerRequest, GetCallerResponse> Caller { get; set; } = _ => throw Unscripted();

    public Func<RecordEventRequest, RecordEventResponse> Record { get; set; } = _ => throw Unscripted();

    public Func<GetPermitRequest, GetPermitResponse> Permit { get; set; } = _ => throw Unscripted();

    public Func<GetProceduresRequest, GetProceduresResponse> Procedures { get; set; } = _ => throw Unscripted();

    public Func<ConfirmClockRequest, ConfirmClockResponse> ConfirmedClock { get; set; } = _ => throw Unscripted();

    public Func<MarkRestoredRequest, MarkRestoredResponse> Restored { get; set; } = _ => throw Unscripted();

    public Func<StreamRecordsRequest, IEnumerable<StreamRecordsResponse>> Records { get; set; } = _ => throw Unscripted();

    public Func<ReplayRequest, IEnumerable<ReplayResponse>> Replay { get; set; } = _ => throw Unscripted();

    public Func<IAsyncStreamReader<ImportEventsRequest>, IServerStreamWriter<ImportEventsResponse>, CancellationToken, Task> Import
    {
        get;
        set;
    } = (_, _, _) => throw Unscripted();

    /// <summary>How a service is, by its name.</summary>
    public Func<string, HealthCheckResponse.Types.ServingStatus> Health { get; set; } = _ => HealthCheckResponse.Types.ServingStatus.Serving;

    /// <summary>The accept-language header of each call, null where there was none.</summary>
    public List<string?> Languages { get; } = [];

    /// <summary>The certificate that each call came with, null where there was none.</summary>
    public List<string?> Certificates { get; } = [];

    /// <summary>The authorization header of each call, null where there was none.</summary>
    public List<string?> Authorizations { get; } = [];

    /// <summary>The deadline of each call.</summary>
    public List<DateTime> Deadlines { get; } = [];

    public void Note(ServerCallContext context)
    {
        lock (Authorizations)
        {
            Authorizations.Add(context.RequestHeaders.GetValue("authorization"));
            Languages.Add(context.RequestHeaders.GetValue("accept-language"));
            Certificates.Add(context.GetHttpContext().Connection.ClientCertificate?.Subject);
            Deadlines.Add(context.Deadline);
        }
    }

    private static RpcException Unscripted() => new(new Status(StatusCode.Unimplemented, "not scripted"));
}
