using System.Diagnostics;
using OpenTelemetry;

namespace Verification.Server.Telemetry;

/// <summary>
/// Takes from a span what a caller may have written freely: a path that no call has, a query, the name of its program. A number might be in
/// it. What is left is the call's route, and what the service says itself.
/// </summary>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    private static readonly string[] Free = ["url.path", "url.query", "url.full", "user_agent.original", "server.address"];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        foreach (var name in Free)
        {
            data.SetTag(name, null);
        }
    }
}
