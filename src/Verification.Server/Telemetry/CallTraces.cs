using System.Collections.Frozen;
using System.Diagnostics;
using Permits.Audit.V1;
using Permits.Operations.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Verification.Server.Telemetry;

/// <summary>
/// Makes the spans of calls that are traced: those of callers who trace, and a few of the others. For what is not traced nothing is made, which
/// is nearly all. A span says the route, and nothing that a caller may write freely: no method and no path that no call has, no query, no name of a
/// program, no trace state.
/// </summary>
/// <param name="options">How many of the others.</param>
internal sealed class CallTraces(TelemetryOptions options)
{
    // By this name gRPC's framework finds the span of a call, and says the method and its status there.
    private const string Name = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private static readonly ActivitySource Source = new(CallDurations.MeterName);

    // A check that is answered at once goes past routing: its path is its route.
    private static readonly FrozenSet<string> Calls = ((ServiceDescriptor[])
        [VerificationService.Descriptor, RegistryService.Descriptor, AuditService.Descriptor, OperationsService.Descriptor])
        .SelectMany(service => service.Methods.Select(method => $"/{service.FullName}/{method.Name}"))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Traces a call, or passes it on.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
        IsTraced(context.Request, out var caller) ? TraceAsync(context, next, caller) : next(context);

    private bool IsTraced(HttpRequest request, out ActivityContext caller)
    {
        var says = request.Headers.TraceParent;
        if (says.Count == 1 && ActivityContext.TryParse(says, traceState: null, isRemote: true, out caller))
        {
            return caller.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) && !IsProbe(request);
        }

        caller = default;
        return options.RootTracesPerThousand > 0 && Random.Shared.Next(1_000) < options.RootTracesPerThousand && !IsProbe(request);
    }

    private static bool IsProbe(HttpRequest request) => request.Path.StartsWithSegments("/health");

    private static async Task TraceAsync(HttpContext context, RequestDelegate next, ActivityContext caller)
    {
        // The web server's own, which is there where the log names calls, is no parent: nobody would receive it.
        Activity.Current = null;
        using var span = Source.StartActivity(Name, ActivityKind.Server, caller);
        try
        {
            await next(context);
        }
        catch (Exception)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            Describe(span, context);
        }
    }

    private static void Describe(Activity? span, HttpContext context)
    {
        if (span is null)
        {
            return;
        }

        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText
            ?? (context.Request.Path.Value is { } path && Calls.Contains(path) ? path : null);
        var method = CallDurations.MethodOf(context.Request);
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
