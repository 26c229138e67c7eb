using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Verification.Core.Permits;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>The errors that calls are answered with (AIP-193): one <see cref="ErrorInfo"/> each, and what helps the caller.</summary>
internal static class RpcErrors
{
    /// <summary>The domain of all reasons.</summary>
    public const string Domain = "permits.verification";

    /// <summary>When to ask again where the server could not tell.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Bad input.</summary>
    public static RpcStatus InvalidArgument(string reason, string message, BadRequest fields) =>
        Create(Code.InvalidArgument, reason, message, fields);

    /// <summary>Bytes that are no message.</summary>
    public static RpcStatus MalformedMessage() =>
        Create(
            Code.InvalidArgument,
            ErrorReasons.MalformedMessage,
            "The request could not be read: it must be whole gRPC messages of this call's type, one for a call that is no stream.");

    /// <summary>A body that is no JSON.</summary>
    /// <param name="cause">Where it breaks off.</param>
    public static RpcStatus MalformedJson(JsonException cause) =>
        Create(
            Code.InvalidArgument,
            ErrorReasons.MalformedMessage,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The body is no JSON: it breaks off in line {cause.LineNumber + 1}, at byte {cause.BytePositionInLine + 1}. It must be one object, in UTF-8."));

    /// <summary>JSON that is no object.</summary>
    public static RpcStatus NoJsonObject() =>
        Create(Code.InvalidArgument, ErrorReasons.MalformedMessage, "The body is no JSON object; it must be one, in UTF-8.");

    /// <summary>A body that did not come to its end.</summary>
    public static RpcStatus BodyBroken() =>
        Create(Code.InvalidArgument, ErrorReasons.MalformedMessage, "The body could not be read: it broke off, or came too slowly.");

    /// <summary>A body that does not say to be JSON. Browsers send such bodies for any page that asks them to.</summary>
    public static RpcStatus ContentTypeUnknown() =>
        Create(
            Code.InvalidArgument,
            ErrorReasons.ContentTypeUnknown,
            "The request's content-type is not known here; it must be application/json, in UTF-8.");

    /// <summary>An HTTP method that a path does not take.</summary>
    /// <param name="allowed">Those that it takes.</param>
    public static RpcStatus HttpMethodNotAllowed(string allowed) =>
        Create(Code.Unimplemented, ErrorReasons.HttpMethodNotAllowed, $"This path takes no requests by this method; it takes {allowed}.");

    /// <summary>A path that the server does not have.</summary>
    public static RpcStatus PathUnknown() =>
        Create(Code.Unimplemented, ErrorReasons.MethodUnknown, "There is nothing at this path; it may belong to another version of the service.");

    /// <summary>A message compressed in a way that the server does not know.</summary>
    public static RpcStatus EncodingUnknown() =>
        Create(
            Code.Unimplemented,
            ErrorReasons.EncodingUnknown,
            "The request's grpc-encoding is not known here; grpc-accept-encoding says which are.");

    /// <summary>A call that the server does not have.</summary>
    public static RpcStatus MethodUnknown() =>
        Create(Code.Unimplemented, ErrorReasons.MethodUnknown, "There is no call of this name; it may belong to another version of the service.");

    /// <summary>A message beyond the size that the server takes.</summary>
    public static RpcStatus MessageTooLarge() =>
        Create(Code.ResourceExhausted, ErrorReasons.MessageTooLarge, "The message is larger than this call takes.");

    /// <summary>A revision beyond the registry's head, or one that a restore left out.</summary>
    public static RpcException RevisionUnknown(long asked, long head) =>
        Create(
            Code.OutOfRange,
            ErrorReasons.RevisionUnknown,
            asked > head
                ? $"The registry stands at revision {head}; it has not reached the one asked for."
                : $"The revision asked for was lost when the registry was restored from a backup; it goes on at {head}.")
            .ToRpcException();

    /// <summary>An entitlement that the asker may not see.</summary>
    public static RpcStatus OutOfScope(string entitlement) =>
        Create(Code.PermissionDenied, ErrorReasons.EntitlementOutOfScope, $"{entitlement} is outside the caller's scope.");

    /// <summary>A person whose permit it is not, so far as the registry can tell; of the permit nothing is told.</summary>
    public static RpcStatus IdentityNotMatched() =>
        Create(
            Code.PermissionDenied,
            ErrorReasons.IdentityNotMatched,
            "The identity number is not on this permit in this role; the caller is told of a permit only with a number that is.");

    /// <summary>A consumer that may not make this call.</summary>
    public static RpcStatus RoleMissing() =>
        Create(Code.PermissionDenied, ErrorReasons.RoleMissing, "The caller does not have the role that this call needs.");

    /// <summary>A consumer that may ask under the rulebook in use alone.</summary>
    public static RpcStatus RoleMissingForRulebook() =>
        Create(Code.PermissionDenied, ErrorReasons.RoleMissing, "The caller does not have the role audit, which a named rulebook needs.");

    /// <summary>A consumer that may not send batches.</summary>
    public static RpcStatus BatchesNotAllowed() =>
        Create(Code.PermissionDenied, ErrorReasons.BatchesNotAllowed, "The caller may not send batches or streams.");

    /// <summary>A budget that is used up.</summary>
    /// <param name="reason">Which.</param>
    /// <param name="consumer">Whose.</param>
    /// <param name="description">How large it is.</param>
    /// <param name="retryAfter">When it will have something again.</param>
    public static RpcStatus QuotaExceeded(string reason, string consumer, string description, TimeSpan retryAfter) =>
        Create(
            Code.ResourceExhausted,
            reason,
            $"The budget is used up: {description}",
            new QuotaFailure
            {
                Violations = { new QuotaFailure.Types.Violation { Subject = $"consumer:{consumer}", Description = description } },
            },
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) });

    /// <summary>A node that has as much to do as it takes on.</summary>
    public static RpcException Overloaded() =>
        Create(
            Code.Unavailable,
            ErrorReasons.Overloaded,
            "This node has too many checks to answer.",
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>The registry took longer than a call may that names no deadline.</summary>
    public static RpcException RegistrySlow() =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistrySlow,
            "The registry did not answer in time.",
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>The registry took longer than the caller's deadline allows.</summary>
    public static RpcException RegistrySlowForDeadline() =>
        Create(Code.DeadlineExceeded, ErrorReasons.RegistrySlow, "The registry did not answer within the call's deadline.").ToRpcException();

    /// <summary>No rulebook of that version.</summary>
    public static RpcException RulebookUnknown() =>
        Create(Code.NotFound, ErrorReasons.RulebookUnknown, "There is no rulebook of this version.").ToRpcException();

    /// <summary>No such check, or another consumer's: which of the two is not told.</summary>
    public static RpcException CheckUnknown() =>
        Create(Code.NotFound, ErrorReasons.CheckUnknown, "There is no check of the caller's with this check_id.").ToRpcException();

    /// <summary>The audit database does not have what was answered last, or cannot be reached.</summary>
    public static RpcException AuditBehind() =>
        Create(
            Code.Unavailable,
            ErrorReasons.AuditBehind,
            "The audit database may not have all that was answered yet, or cannot be reached.",
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>An event that the rules refuse.</summary>
    public static RpcException Refused(Rejection rejection) =>
        Create(Code.FailedPrecondition, CodeNames.NameOf(rejection.Code), rejection.Detail).ToRpcException();

    /// <summary>A request id that recorded another event before.</summary>
    /// <param name="revision">The revision of that event.</param>
    public static RpcException RequestIdReused(long revision) =>
        Create(
            Code.AlreadyExists,
            ErrorReasons.RequestIdReused,
            $"This request_id recorded another event, at revision {revision}; nothing was recorded. Another event needs a request_id of its own.")
            .ToRpcException();

    /// <summary>A file that is not the one which its import id loaded before.</summary>
    public static RpcException ImportIdReused(string detail) =>
        Create(Code.FailedPrecondition, ErrorReasons.ImportIdReused, detail).ToRpcException();

    /// <summary>Two calls import the same file.</summary>
    public static RpcException ImportInProgress() =>
        Create(Code.Aborted, ErrorReasons.ImportInProgress, "Another call imports the same file.").ToRpcException();

    /// <summary>The registry could not answer.</summary>
    public static RpcException RegistryUnavailable() =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistryUnavailable,
            "The registry could not answer.",
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>A registry in which nothing was ever recorded.</summary>
    public static RpcException RegistryEmpty() =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistryEmpty,
            "The registry is empty: nothing was ever recorded in it, so it cannot tell of any permit.",
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>A registry that was taken away from under the service.</summary>
    public static RpcException RegistryReplaced() =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistryReplaced,
            "The registry's files were deleted, moved or replaced while it was open. Nothing is recorded; who runs the service must look.",
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>An audit log that takes no records.</summary>
    public static RpcStatus AuditUnavailable() =>
        Create(
            Code.Unavailable,
            ErrorReasons.AuditUnavailable,
            "This node cannot record what it would answer, so it does not answer.",
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) });

    /// <summary>A clock that cannot be right.</summary>
    public static RpcStatus ClockSkewed() =>
        Create(
            Code.Unavailable,
            ErrorReasons.ClockSkewed,
            "This node's clock cannot be right, so it cannot tell what day it is. A check that names its date (as_of) is answered.",
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) });

    /// <summary>What this node knows of the registry is older than the caller allows.</summary>
    public static RpcException RegistryStale(TimeSpan age) =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistryStale,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The registry was last heard of {age.TotalSeconds:0.0} s ago, longer than the request allows."),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>The server is stopping.</summary>
    public static RpcException ShuttingDown() =>
        Create(Code.Unavailable, ErrorReasons.ShuttingDown, "The server is shutting down.").ToRpcException();

    /// <summary>The caller went away.</summary>
    public static RpcException Cancelled() =>
        Create(Code.Cancelled, ErrorReasons.Cancelled, "The call was cancelled.").ToRpcException();

    /// <summary>The caller's deadline has passed.</summary>
    public static RpcException DeadlineExceeded() =>
        Create(Code.DeadlineExceeded, ErrorReasons.DeadlineExceeded, "The deadline has passed.").ToRpcException();

    /// <summary>A fault of the server's own; its cause is in the server's log alone.</summary>
    public static RpcStatus ServerFault() =>
        Create(Code.Internal, ErrorReasons.Internal, "The server failed; its log says why.");

    /// <summary>An error with its reason.</summary>
    public static RpcStatus Create(Code code, string reason, string message, params ReadOnlySpan<IMessage> details)
    {
        var status = new RpcStatus { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = Domain, Reason = reason }));
        foreach (var detail in details)
        {
            status.Details.Add(Any.Pack(detail));
        }

        return status;
    }
}
