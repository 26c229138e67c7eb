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

    // The service's own, the runtime's and the web server's.
    private static readonly string[] Meters =
        ["Verification.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

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

    private static void Add(MeterProviderBuilder metrics, TelemetryOptions options)
    {
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
