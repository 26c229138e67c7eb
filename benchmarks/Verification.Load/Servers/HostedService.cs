using Microsoft.Extensions.DependencyInjection.Extensions;
using Verification.Server.Auditing;

namespace Verification.Load.Servers;

/// <summary>The service in this program, so that its audit log can be taken out: the product has no switch for that.</summary>
internal static class HostedService
{
    /// <summary>The kind whose audit log is the product's.</summary>
    public const string Recorded = "recorded";

    /// <summary>The kind that keeps no record.</summary>
    public const string Unrecorded = "unrecorded";

    /// <summary>Serves until the process ends.</summary>
    /// <param name="isRecorded">Whether the audit log is the product's.</param>
    /// <param name="arguments">The service's own.</param>
    public static async Task RunAsync(bool isRecorded, string[] arguments)
    {
        await using var app = await Server.Program.CreateAsync(
            arguments,
            TimeProvider.System,
            builder =>
            {
                if (!isRecorded)
                {
                    builder.Services.Replace(ServiceDescriptor.Singleton<IAuditTrail, NoTrail>());
                }
            });
        await app.RunAsync();
    }
}
