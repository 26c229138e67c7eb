using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Verification.Server.Errors;
using Verification.Server.Messages;
using Verification.Server.Telemetry;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Json;

/// <summary>
/// What stands around a call that is asked by HTTP and JSON: the body is checked before it, and its error becomes a problem. Calls by gRPC
/// do not come here.
/// </summary>
internal sealed class JsonCalls(IUnreadMessages unread, Refusals refusals, ILogger<JsonCalls> logger)
{
    /// <summary>Puts it around a call.</summary>
    /// <param name="call">The transcoder's own.</param>
    /// <param name="rule">How the call is asked.</param>
    /// <param name="mostBytes">The longest body.</param>
    public RequestDelegate Around(RequestDelegate call, GrpcJsonTranscodingMetadata rule, int mostBytes)
    {
        var body = rule.HttpRule.Body.Length == 0 ? null : new JsonBody(rule.MethodDescriptor.InputType, mostBytes);
        return async context =>
        {
            if ((FaultOfQuery(context.Request) ?? await ReadAsync(body, context)) is { } refusal)
            {
                await RefuseAsync(context, refusal);
                return;
            }

            var outcome = new CallOutcome();
            context.Features.Set(outcome);
            var answer = JsonAnswer.Begin(context);
            await call(context);
            answer.End();
            await EndAsync(context, outcome.Error, answer.IsBroken, rule.MethodDescriptor);
        };
    }

    private static Task<RpcStatus?> ReadAsync(JsonBody? body, HttpContext context)
    {
        if (body is not null)
        {
            return body.ReadAsync(context);
        }

        // Of a body that is not read its type means nothing; the transcoder looks at it all the same, and fails.
        context.Request.ContentType = null;
        return Task.FromResult<RpcStatus?>(null);
    }

    /// <summary>No call takes anything from its query, which stands in the logs of everything between it and the caller.</summary>
    private static RpcStatus? FaultOfQuery(HttpRequest request)
    {
        if (!request.QueryString.HasValue)
        {
            return null;
        }

        var faults = new FieldReader();
        foreach (var name in request.Query.Keys)
        {
            faults.Refuse(JsonValue.Shown(name), FieldFault.InQuery());
        }

        return faults.Error;
    }

    private Task EndAsync(HttpContext context, RpcStatus? error, bool isBroken, MethodDescriptor method)
    {
        if (error is null && !isBroken && context.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            return Task.CompletedTask;
        }

        if (error is null)
        {
            // The transcoder could not read what was checked, or not write the answer: both are faults of the server's own.
            Log.NotTranscoded(logger, method.FullName);
            error = RpcErrors.ServerFault();
            refusals.Note(Refusal.Of(context), error);
        }

        if (isBroken)
        {
            // A part of an answer must not look like one.
            context.Abort();
            return Task.CompletedTask;
        }

        return Problem.WriteAsync(context, error);
    }

    private Task RefuseAsync(HttpContext context, RpcStatus refusal)
    {
        unread.Refused(context);
        refusals.Note(Refusal.Of(context), refusal);
        return Problem.WriteAsync(context, refusal);
    }
}
