using System.Diagnostics.Metrics;
using System.Reflection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Verification.Server.Telemetry;

/// <summary>Adds what leaves the process beside its answers: the log's form, metrics and traces. Where none is asked for, nothing listens.</summary>
internal static class TelemetryHosting
{
    private const string Service = "permit-verification";

    // The service's own, the runtime's and those of the web server's connections.
    private static readonly string[] Meters =
        ["Verification.*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>The version of the service, as it was built.</summary>
    public static string Version { get; } =
        typeof(TelemetryHosting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Adds them.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, TelemetryOptions options, TimeProvider clock)
    {
        builder.Logging.WriteAs(options.LogFormat, clock);
        builder.Services.AddSingleton(options).AddSingleton<CallMarks>();
        if (options.LogFormat == LogFormat.Json)
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
                .SetSampler(new CallSampler())
                .AddSource("Verification.*")
                .AddOtlpExporter(otlp => Configure(otlp, options, "v1/traces")));
        }

        return builder;
    }

    /// <summary>Measures and traces calls, where that leaves the process.</summary>
    public static WebApplication UseTelemetry(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<TelemetryOptions>();
        if (options.OtlpEndpoint is not null)
        {
            app.Use(new CallTraces(options).Before);
        }

        if (options.OtlpEndpoint is not null || options.PrometheusUrl is not null)
        {
            app.Use(new CallDurations(app.Services.GetRequiredService<IMeterFactory>()).Before);
        }

        return app;
    }

    private static void Add(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        // Counted up and down for each call, and looked at by nobody.
        metrics.AddView("kestrel.queued_requests", MetricStreamConfiguration.Drop);

        // By consumer and reason, of which there are hundreds and dozens: beyond the usual 2,000 pairs the rest would be one, without its reason.
        metrics.AddView("verification.refusals", new MetricStreamConfiguration { CardinalityLimit = 50_000 });
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
