using Verification.Core.Permits;
using Verification.Server.Configuration;

namespace Verification.Server.Hosting;

/// <summary>Looks whether the machine can read what people type.</summary>
internal static class UnicodeHosting
{
    /// <summary>Refuses to start where full-width digits would silently be malformed.</summary>
    public static WebApplicationBuilder RequireUnicode(this WebApplicationBuilder builder)
    {
        try
        {
            UnicodeText.EnsureSupported();
            return builder;
        }
        catch (PlatformNotSupportedException cause)
        {
            throw new StartRefusedException(cause.Message, cause);
        }
    }
}
