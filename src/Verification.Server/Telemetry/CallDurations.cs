using System.Diagnostics;
using System.Diagnostics.Metrics;
using Permits.Verification.V1;

namespace Verification.Server.Telemetry;

/// <summary>
/// Measures how long calls take, by route and status, under the name that the web server has for it. Its own measurement costs every call about
/// a tenth of a memory hit; this one leaves single checks out, whose time is measured from their arrival until their record anyway.
/// </summary>
internal sealed class CallDurations
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Verification.Calls";

    private static readonly string Check =
        $"/{VerificationService.Descriptor.FullName}/{nameof(VerificationService.VerificationServiceBase.VerifyPermit)}";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private readonly Histogram<double> _durations;

    /// <summary>Nothing measured.</summary>
    /// <param name="meters">Makes the meter.</param>
    public CallDurations(IMeterFactory meters) => _durations = meters.Create(MeterName).CreateHistogram(
        "http.server.request.duration", "s", "How long calls took, but for single checks by gRPC.", tags: null, Seconds);

    /// <summary>Measures a call, or passes it on.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
        context.Request.Path.Value == Check ? next(context) : MeasureAsync(context, next);

    private async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var tags = new TagList
            {
                { "http.request.method", MethodOf(context.Request) },
                { "http.response.status_code", context.Response.StatusCode },
            };
            if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
            {
                tags.Add("http.route", route);
            }

            _durations.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, tags);
        }
    }

    /// <summary>One of few: a caller may write any.</summary>
    internal static string MethodOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? HttpMethods.Get : HttpMethods.IsPost(request.Method) ? HttpMethods.Post : "_OTHER";
}
