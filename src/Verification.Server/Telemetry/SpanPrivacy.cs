using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;
using Permits.Audit.V1;
using Permits.Operations.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Verification.Server.Telemetry;

/// <summary>
/// Takes from a span what a caller may have written freely: a path that no call has, a query, the name of its program. A number might be in
/// it. What is left is the call's route, and what the service says itself.
/// </summary>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    private const string Route = "http.route";
    private const string Path = "url.path";

    private static readonly string[] Free = [Path, "url.query", "url.full", "user_agent.original", "server.address"];

    // A check that is answered at once goes past routing: its path is its route.
    private static readonly FrozenSet<string> Calls = ((ServiceDescriptor[])
        [VerificationService.Descriptor, RegistryService.Descriptor, AuditService.Descriptor, OperationsService.Descriptor])
        .SelectMany(service => service.Methods.Select(method => $"/{service.FullName}/{method.Name}"))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(Route) is null && data.GetTagItem(Path) is string path && Calls.Contains(path))
        {
            data.SetTag(Route, path);
            data.DisplayName = $"POST {path}";
        }

        foreach (var name in Free)
        {
            data.SetTag(name, null);
        }
    }
}
