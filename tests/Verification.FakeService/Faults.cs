using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Verification.FakeService;

/// <summary>Errors as the service sends them.</summary>
internal static class Faults
{
    public static RpcException Create(StatusCode code, string reason, string message, params (string Field, string Text)[] fields) =>
        Status(code, reason, message, retryAfter: null, fields).ToRpcException();

    /// <summary>As it stands in an item of a batch or in a message of a stream.</summary>
    public static Google.Rpc.Status Status(
        StatusCode code, string reason, string message, TimeSpan? retryAfter = null, params (string Field, string Text)[] fields)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = reason, Domain = "permits.verification" }));
        if (fields.Length > 0)
        {
            var bad = new BadRequest();
            bad.FieldViolations.AddRange(fields.Select(f => new BadRequest.Types.FieldViolation { Field = f.Field, Description = f.Text }));
            status.Details.Add(Any.Pack(bad));
        }
        if (retryAfter is { } wait)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(wait) }));
        return status;
    }
}
