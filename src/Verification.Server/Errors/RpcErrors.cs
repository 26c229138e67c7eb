using System.Collections.Concurrent;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Verification.Core.Permits;
using Verification.Core.Words;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>The errors that calls are answered with (AIP-193): one <see cref="ErrorInfo"/> each, and what helps the caller.</summary>
internal static class RpcErrors
{
    /// <summary>The domain of all reasons.</summary>
    public const string Domain = "permits.verification";

    /// <summary>When to ask again where the server could not tell.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private static readonly ConcurrentDictionary<string, RpcStatus> OutOfScopes = new(StringComparer.Ordinal);

    /// <summary>Bad input.</summary>
    public static RpcStatus InvalidArgument(string reason, Wording message, BadRequest fields) =>
        Create(Code.InvalidArgument, reason, message, fields);

    /// <summary>Bytes that are no message.</summary>
    public static RpcStatus MalformedMessage() =>
        Create(
            Code.InvalidArgument,
            ErrorReasons.MalformedMessage,
            new("The request could not be read: it must be whole gRPC messages of this call's type, one for a call that is no stream.", "无法读取请求：必须是该调用类型的完整 gRPC 报文，非流式调用只能有一个。"));

    /// <summary>A body that is no JSON.</summary>
    /// <param name="cause">Where it breaks off.</param>
    public static RpcStatus MalformedJson(JsonException cause) =>
        Create(
            Code.InvalidArgument,
            ErrorReasons.MalformedMessage,
            new(
                Invariant($"The body is no JSON: it breaks off in line {cause.LineNumber + 1}, at byte {cause.BytePositionInLine + 1}. It must be one object, in UTF-8."),
                Invariant($"正文不是 JSON：在第 {cause.LineNumber + 1} 行第 {cause.BytePositionInLine + 1} 字节处中断。必须是一个 UTF-8 编码的对象。")));

    /// <summary>JSON that is no object.</summary>
    public static RpcStatus NoJsonObject() =>
        Create(Code.InvalidArgument, ErrorReasons.MalformedMessage, new("The body is no JSON object; it must be one, in UTF-8.", "正文不是 JSON 对象；必须是一个 UTF-8 编码的对象。"));

    /// <summary>A body that did not come to its end.</summary>
    public static RpcStatus BodyBroken() =>
        Create(Code.InvalidArgument, ErrorReasons.MalformedMessage, new("The body could not be read: it broke off, or came too slowly.", "无法读取正文：传输中断或过慢。"));

    /// <summary>A body that does not say to be JSON. Browsers send such bodies for any page that asks them to.</summary>
    public static RpcStatus ContentTypeUnknown() =>
        Create(
            Code.InvalidArgument,
            ErrorReasons.ContentTypeUnknown,
            new("The request's content-type is not known here; it must be application/json, in UTF-8.", "不认识请求的 content-type；必须是 UTF-8 编码的 application/json。"));

    /// <summary>An HTTP method that a path does not take.</summary>
    /// <param name="allowed">Those that it takes.</param>
    public static RpcStatus HttpMethodNotAllowed(string allowed) =>
        Create(
            Code.Unimplemented,
            ErrorReasons.HttpMethodNotAllowed,
            new($"This path takes no requests by this method; it takes {allowed}.", $"此路径不接受该请求方法；接受 {allowed}。"));

    /// <summary>A path that the server does not have.</summary>
    public static RpcStatus PathUnknown() =>
        Create(
            Code.Unimplemented,
            ErrorReasons.MethodUnknown,
            new("There is nothing at this path; it may belong to another version of the service.", "此路径没有内容；它可能属于服务的其他版本。"));

    /// <summary>A message compressed in a way that the server does not know.</summary>
    public static RpcStatus EncodingUnknown() =>
        Create(
            Code.Unimplemented,
            ErrorReasons.EncodingUnknown,
            new("The request is encoded in a way that is not known here: by gRPC, grpc-accept-encoding says which are; by HTTP and JSON, send it as it is.", "不认识请求的编码：gRPC 可用的编码见 grpc-accept-encoding；HTTP 与 JSON 请不加编码发送。"));

    /// <summary>A call that the server does not have.</summary>
    public static RpcStatus MethodUnknown() =>
        Create(Code.Unimplemented, ErrorReasons.MethodUnknown, new("There is no call of this name; it may belong to another version of the service.", "没有这个名称的调用；它可能属于服务的其他版本。"));

    /// <summary>A message beyond the size that the server takes.</summary>
    public static RpcStatus MessageTooLarge() =>
        Create(Code.ResourceExhausted, ErrorReasons.MessageTooLarge, new("The message is larger than this call takes.", "报文超过该调用接受的大小。"));

    /// <summary>A revision beyond the registry's head, or one that a restore left out.</summary>
    public static RpcException RevisionUnknown(long asked, long head) =>
        Create(
            Code.OutOfRange,
            ErrorReasons.RevisionUnknown,
            asked > head
                ? new(
                    $"The registry stands at revision {head}; it has not reached the one asked for.",
                    $"登记系统当前修订号为 {head}，尚未到达所查的修订号。")
                : new(
                    $"The revision asked for was lost when the registry was restored from a backup; it goes on at {head}.",
                    $"所查的修订号已因登记系统恢复备份而失去；修订号从 {head} 继续。"))
            .ToRpcException();

    /// <summary>An entitlement that the asker may not see.</summary>
    /// <param name="entitlement">Its name in the contract: there are few, so each error is made once.</param>
    public static RpcStatus OutOfScope(string entitlement) => OutOfScopes.GetOrAdd(
        entitlement,
        static name => ErrorHeaders.Share(
            Create(Code.PermissionDenied, ErrorReasons.EntitlementOutOfScope, new($"{name} is outside the caller's scope.", $"{Chinese(name)}不在该调用方可查的范围内。"))));

    /// <summary>A person whose permit it is not, so far as the registry can tell; of the permit nothing is told.</summary>
    public static RpcStatus IdentityNotMatched() =>
        Create(
            Code.PermissionDenied,
            ErrorReasons.IdentityNotMatched,
            new("The identity number is not on this permit in this role; the caller is told of a permit only with a number that is.", "该身份下证件上没有这个身份证件号码；只有号码相符时才向该调用方提供证件信息。"));

    /// <summary>A consumer that may not make this call.</summary>
    public static RpcStatus RoleMissing() =>
        Create(Code.PermissionDenied, ErrorReasons.RoleMissing, new("The caller does not have the role that this call needs.", "该调用方没有此调用所需的角色。"));

    /// <summary>A consumer that may ask under the rulebook in use alone.</summary>
    public static RpcStatus RoleMissingForRulebook() =>
        Create(Code.PermissionDenied, ErrorReasons.RoleMissing, new("The caller does not have the role audit, which a named rulebook needs.", "指定规则版本需要 audit 角色，该调用方没有此角色。"));

    /// <summary>A consumer that may not send batches.</summary>
    public static RpcStatus BatchesNotAllowed() =>
        Create(Code.PermissionDenied, ErrorReasons.BatchesNotAllowed, new("The caller may not send batches or streams.", "该调用方不得发送批量或流。"));

    /// <summary>A budget that is used up.</summary>
    /// <param name="reason">Which.</param>
    /// <param name="consumer">Whose.</param>
    /// <param name="description">How large it is.</param>
    /// <param name="retryAfter">When it will have something again.</param>
    public static RpcStatus QuotaExceeded(string reason, string consumer, Wording description, TimeSpan retryAfter) =>
        Create(
            Code.ResourceExhausted,
            reason,
            new($"The budget is used up: {description.English}", $"额度已用完：{description.Chinese}"),
            new QuotaFailure
            {
                Violations = { new QuotaFailure.Types.Violation { Subject = $"consumer:{consumer}", Description = description.English } },
            },
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) });

    /// <summary>A node that has as much to do as it takes on.</summary>
    public static RpcException Overloaded() =>
        Create(
            Code.Unavailable,
            ErrorReasons.Overloaded,
            new("This node has too many checks to answer.", "本节点待答复的查询过多。"),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>The registry took longer than a call may that names no deadline.</summary>
    public static RpcException RegistrySlow() =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistrySlow,
            new("The registry did not answer in time.", "登记系统没有及时应答。"),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>The registry took longer than the caller's deadline allows.</summary>
    public static RpcException RegistrySlowForDeadline() =>
        Create(Code.DeadlineExceeded, ErrorReasons.RegistrySlow, new("The registry did not answer within the call's deadline.", "登记系统没有在调用期限内应答。")).ToRpcException();

    /// <summary>No rulebook of that version.</summary>
    public static RpcException RulebookUnknown() =>
        Create(Code.NotFound, ErrorReasons.RulebookUnknown, new("There is no rulebook of this version.", "没有这个版本的规则。")).ToRpcException();

    /// <summary>No such check, or another consumer's: which of the two is not told.</summary>
    public static RpcException CheckUnknown() =>
        Create(Code.NotFound, ErrorReasons.CheckUnknown, new("There is no check of the caller's with this check_id.", "该调用方没有编号为此 check_id 的查询。")).ToRpcException();

    /// <summary>The audit database does not have what was answered last, or cannot be reached.</summary>
    public static RpcException AuditBehind() =>
        Create(
            Code.Unavailable,
            ErrorReasons.AuditBehind,
            new("The audit database may not have all that was answered yet, or cannot be reached.", "审计数据库可能尚未收齐全部答复，或无法访问。"),
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
            new($"This request_id recorded another event, at revision {revision}; nothing was recorded. Another event needs a request_id of its own.", $"此 request_id 已用于登记另一事项（修订号 {revision}）；本次没有登记。其他事项需要使用自己的 request_id。"))
            .ToRpcException();

    /// <summary>A file that is not the one which its import id loaded before.</summary>
    public static RpcException ImportIdReused(Wording detail) =>
        Create(Code.FailedPrecondition, ErrorReasons.ImportIdReused, detail).ToRpcException();

    /// <summary>Two calls import the same file.</summary>
    public static RpcException ImportInProgress() =>
        Create(Code.Aborted, ErrorReasons.ImportInProgress, new("Another call imports the same file.", "另一调用正在导入同一文件。")).ToRpcException();

    /// <summary>The registry could not answer.</summary>
    public static RpcException RegistryUnavailable() =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistryUnavailable,
            new("The registry could not answer.", "登记系统无法应答。"),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>A registry in which nothing was ever recorded.</summary>
    public static RpcException RegistryEmpty() =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistryEmpty,
            new("The registry is empty: nothing was ever recorded in it, so it cannot tell of any permit.", "登记系统为空：从未登记过任何事项，因此无法答复任何证件。"),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>A registry that was taken away from under the service.</summary>
    public static RpcException RegistryReplaced() =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistryReplaced,
            new("The registry's files were deleted, moved or replaced while it was open. Nothing is recorded; who runs the service must look.", "登记系统的文件在使用中被删除、移走或替换。没有登记任何内容；请服务运行人员检查。"),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>An audit log that takes no records.</summary>
    public static RpcStatus AuditUnavailable() =>
        Create(
            Code.Unavailable,
            ErrorReasons.AuditUnavailable,
            new("This node cannot record what it would answer, so it does not answer.", "本节点无法记录将要作出的答复，因此不予答复。"),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) });

    /// <summary>A clock that cannot be right.</summary>
    public static RpcStatus ClockSkewed() =>
        Create(
            Code.Unavailable,
            ErrorReasons.ClockSkewed,
            new("This node's clock cannot be right, so it cannot tell what day it is. A check that names its date (as_of) is answered.", "本节点的时钟不可能正确，无法确定当天日期。写明日期（as_of）的查询可以答复。"),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) });

    /// <summary>What this node knows of the registry is older than the caller allows.</summary>
    public static RpcException RegistryStale(TimeSpan age) =>
        Create(
            Code.Unavailable,
            ErrorReasons.RegistryStale,
            new(
                Invariant($"The registry was last heard of {age.TotalSeconds:0.0} s ago, longer than the request allows."),
                Invariant($"最近一次获知登记系统是在 {age.TotalSeconds:0.0} 秒前，超过请求允许的时间。")),
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }).ToRpcException();

    /// <summary>The server is stopping.</summary>
    public static RpcException ShuttingDown() =>
        Create(Code.Unavailable, ErrorReasons.ShuttingDown, new("The server is shutting down.", "服务正在停止。")).ToRpcException();

    /// <summary>The caller went away.</summary>
    public static RpcException Cancelled() =>
        Create(Code.Cancelled, ErrorReasons.Cancelled, new("The call was cancelled.", "调用已取消。")).ToRpcException();

    /// <summary>The caller's deadline has passed.</summary>
    public static RpcException DeadlineExceeded() =>
        Create(Code.DeadlineExceeded, ErrorReasons.DeadlineExceeded, new("The deadline has passed.", "已超过调用期限。")).ToRpcException();

    /// <summary>A fault of the server's own; its cause is in the server's log alone.</summary>
    public static RpcStatus ServerFault() =>
        Create(Code.Internal, ErrorReasons.Internal, new("The server failed; its log says why.", "服务端发生故障，原因见其日志。"));

    /// <summary>An error with its reason, in both languages; <see cref="CallerLanguage"/> leaves what its caller reads.</summary>
    public static RpcStatus Create(Code code, string reason, Wording message, params ReadOnlySpan<IMessage> details)
    {
        var status = new RpcStatus { Code = (int)code, Message = message.English };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = Domain, Reason = reason }));
        foreach (var detail in details)
        {
            status.Details.Add(Any.Pack(detail));
        }

        status.Details.Add(Any.Pack(CallerLanguage.Chinese(message.Chinese)));
        return status;
    }

    private static string Chinese(string entitlement) => Terms.Find("entitlement", entitlement)?.Name.Chinese ?? entitlement;

    private static string Invariant(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
