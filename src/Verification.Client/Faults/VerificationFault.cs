using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Verification.Client;

/// <summary>What is known of a call that failed, or of one bad item of a batch.</summary>
public sealed record VerificationFault
{
    /// <summary>The domain of the service's own reasons.</summary>
    public const string ServiceDomain = "permits.verification";

    /// <summary>The domain of this package's own reasons.</summary>
    public const string ClientDomain = "permits.verification.client";

    /// <summary>The gRPC status.</summary>
    public required StatusCode StatusCode { get; init; }

    /// <summary>What is wrong, for a person, in English.</summary>
    public required string Message { get; init; }

    /// <summary>The same in the language that was asked for; empty where none was, or the service does not speak it.</summary>
    public string LocalizedMessage { get; init; } = "";

    /// <summary>The stable reason, as in <c>MALFORMED_PERMIT_NUMBER</c>; empty when the failure did not come from the service.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whose reason it is: <see cref="ServiceDomain"/>; empty when the failure did not come from the service.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The fields that are wrong; empty when it was not about fields.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>How long to wait before another try; null when the service did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why the call did not reach the service; its status is then <see cref="StatusCode.Unavailable"/>.</summary>
    public ConnectionFault Connection { get; init; }

    /// <summary>
    /// Whether the same call may be answered later: nobody could tell now. False means that repeating it as it is does not help: the
    /// service refused it or does not know it, or the address or the certificate is wrong. Neither is an answer about a permit.
    /// </summary>
    public bool CouldNotTell => Reason is not VerificationReasons.MessageTooLarge // the only RESOURCE_EXHAUSTED that no waiting ends
        && Connection is not (ConnectionFault.Incompatible or ConnectionFault.Untrusted)
        && StatusCode is not (
            StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.AlreadyExists or StatusCode.FailedPrecondition
            or StatusCode.OutOfRange or StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.Unimplemented);

    /// <summary>Reads a failed call.</summary>
    public static VerificationFault From(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var details = exception.Trailers.GetRpcStatus(ignoreParseError: true);
        // A deadline that passes while the connection is made is a deadline.
        if (details is null && exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown
            && ConnectionFaults.Find(exception.Status.DebugException) is (var connection, var message))
            return new() { StatusCode = StatusCode.Unavailable, Message = message, Connection = connection };
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
            LocalizedMessage = Detail<LocalizedMessage>(details)?.Message ?? "",
            Reason = info?.Reason ?? "",
            Domain = info?.Domain ?? "",
            Violations = Detail<BadRequest>(details)?.FieldViolations
                .Select(it => new FieldViolation(it.Field, it.Description, it.Reason, it.LocalizedMessage?.Message ?? "")).ToArray() ?? [],
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
