namespace Verification.Server.Hosting;

/// <summary>
/// Leaves out the activity and the logger's scope that the host makes for every request once anything of it may be logged: at the levels that
/// the service comes with nothing is logged by request, and a check costs little more than they do. A listener of activities, as of
/// OpenTelemetry, gets them all the same; and who sets a level for the category gets both again.
/// </summary>
internal static class RequestScopes
{
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Leaves them out, unless a level is set.</summary>
    public static WebApplicationBuilder WithoutRequestScopes(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[$"Logging:LogLevel:{Category}"] is null)
        {
            builder.Logging.AddFilter(Category, LogLevel.None);
        }

        return builder;
    }
}
