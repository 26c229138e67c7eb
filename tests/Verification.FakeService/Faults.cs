using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Verification.FakeService;

/// <summary>Errors as the service sends them.</summary>
internal static class Faults
{
    public static RpcException Create(StatusCode code, string reason, string message, params (string Field, string Text)[] fields)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = reason, Domain = "permits.verification" }));
        if (fields.Length > 0)
        {
            var bad = new BadRequest();
            bad.FieldViolations.AddRange(fields.Select(f => new BadRequest.Types.FieldViolation { Field = f.Field, Description = f.Text }));
            status.Details.Add(Any.Pack(bad));
        }
        return status.ToRpcException();
    }
}
