using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Permits.Verification.V1;

namespace Verification.Server.Telemetry;

/// <summary>Adds what leaves the process beside its answers: the log's form, metrics and traces. Where none is asked for, nothing listens.</summary>
internal static class TelemetryHosting
{
    private const string Service = "permit-verification";

    // The service's own, the runtime's and the web server's.
    private static readonly string[] Meters =
        ["Verification.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    // Two counts up and down for each call, which nobody looks at.
    private static readonly string[] LeftOut = ["http.server.active_requests", "kestrel.queued_requests"];

    private static readonly string Check =
        $"/{VerificationService.Descriptor.FullName}/{nameof(VerificationService.VerificationServiceBase.VerifyPermit)}";

    /// <summary>The version of the service, as it was built.</summary>
    public static string Version { get; } =
        typeof(TelemetryHosting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Adds them.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, TelemetryOptions options, TimeProvider clock)
    {
        builder.Logging.WriteAs(options.LogFormat, clock);
        builder.Services.AddSingleton(options).AddSingleton<CallMarks>();
        if (options.MarksCalls && options.OtlpEndpoint is null)
        {
            builder.Services.AddHostedService<CallActivities>();
        }

        if (options.OtlpEndpoint is null && options.PrometheusUrl is null)
        {
            return builder;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, serviceVersion: Version, serviceInstanceId: Environment.MachineName))
            .WithMetrics(metrics => Add(metrics.AddMeter(Meters), options));
        if (options.PrometheusUrl is not null)
        {
            builder.Services.AddSingleton<PrometheusListener>().AddHostedService(services => services.GetRequiredService<PrometheusListener>());
        }

        if (options.OtlpEndpoint is not null)
        {
            telemetry.WithTracing(traces => traces
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.RootTracesPerThousand / 1000d)))
                .AddAspNetCoreInstrumentation(calls => calls.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
                .AddSource("Verification.*")
                .AddProcessor<SpanPrivacy>()
                .AddOtlpExporter(otlp => Configure(otlp, options, "v1/traces")));
        }

        return builder;
    }

    /// <summary>
    /// Leaves single checks out of what the web server measures of each call, which costs as much as a part of the check: how long they take is
    /// measured from their arrival until their record anyway.
    /// </summary>
    public static WebApplication UseTelemetry(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<TelemetryOptions>();
        if (options.OtlpEndpoint is null && options.PrometheusUrl is null)
        {
            return app;
        }

        app.Use(next => context =>
        {
            if (context.Request.Path.Value == Check && context.Features.Get<IHttpMetricsTagsFeature>() is { } measured)
            {
                measured.MetricsDisabled = true;
            }

            return next(context);
        });
        return app;
    }

    private static void Add(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        foreach (var instrument in LeftOut)
        {
            metrics.AddView(instrument, MetricStreamConfiguration.Drop);
        }

        if (options.PrometheusUrl is not null)
        {
            metrics.AddPrometheusExporter();
        }

        if (options.OtlpEndpoint is not null)
        {
            metrics.AddOtlpExporter(otlp => Configure(otlp, options, "v1/metrics"));
        }
    }

    private static void Configure(OtlpExporterOptions otlp, TelemetryOptions options, string path)
    {
        var isGrpc = options.OtlpProtocol == OtlpProtocol.Grpc;
        otlp.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = isGrpc ? new Uri(options.OtlpEndpoint!) : new Uri(new Uri(options.OtlpEndpoint!), path);
    }
}
