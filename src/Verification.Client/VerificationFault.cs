using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Verification.Client;

/// <summary>What the service said about a call that failed, or about one bad item of a batch.</summary>
public sealed record VerificationFault
{
    /// <summary>The domain of the service's own reasons.</summary>
    public const string ServiceDomain = "permits.verification";

    /// <summary>The gRPC status.</summary>
    public required StatusCode StatusCode { get; init; }

    /// <summary>What is wrong, for a person, in English.</summary>
    public required string Message { get; init; }

    /// <summary>The stable reason, as in <c>MALFORMED_NUMBER</c>; empty when the failure did not come from the service.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whose reason it is: <see cref="ServiceDomain"/>; empty when the failure did not come from the service.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The fields that are wrong; empty when it was not about fields.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>How long to wait before another try; null when the service did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether nothing was learned: the call says neither yes nor no, and may give an answer later.
    /// False means that the request itself was refused.
    /// </summary>
    public bool CouldNotTell => StatusCode is not (
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.AlreadyExists or StatusCode.FailedPrecondition
        or StatusCode.OutOfRange or StatusCode.PermissionDenied or StatusCode.Unauthenticated);

    /// <summary>Reads a failed call.</summary>
    public static VerificationFault From(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var details = exception.Trailers.GetRpcStatus(ignoreParseError: true);
        return Read(exception.StatusCode, exception.Status.Detail, details);
    }

    /// <summary>Reads the error of a batch item or of a message on a stream.</summary>
    public static VerificationFault From(Status status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return Read((StatusCode)status.Code, status.Message, status);
    }

    private static VerificationFault Read(StatusCode code, string message, Status? details)
    {
        var info = Detail<ErrorInfo>(details);
        return new VerificationFault
        {
            StatusCode = code,
            Message = message,
            Reason = info?.Reason ?? "",
            Domain = info?.Domain ?? "",
            Violations = Detail<BadRequest>(details)?.FieldViolations.Select(v => new FieldViolation(v.Field, v.Description)).ToArray() ?? [],
            RetryAfter = Detail<RetryInfo>(details)?.RetryDelay?.ToTimeSpan(),
        };
    }

    private static T? Detail<T>(Status? status)
        where T : class, IMessage<T>, new()
    {
        var packed = status?.Details.FirstOrDefault(any => any.Is(new T().Descriptor));
        try
        {
            return packed?.Unpack<T>();
        }
        catch (InvalidProtocolBufferException)
        {
            // A broken detail must not hide the failure that it describes.
            return null;
        }
    }
}
