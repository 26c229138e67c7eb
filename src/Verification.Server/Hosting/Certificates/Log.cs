namespace Verification.Server.Hosting.Certificates;

/// <summary>What is logged of the server's certificates.</summary>
internal static partial class Log
{
    [LoggerMessage(2030, LogLevel.Information, "The certificate of {Endpoint} was replaced; the new one is good until {Until:u}. Open connections go on.")]
    public static partial void CertificateReplaced(ILogger logger, string endpoint, DateTime until);

    [LoggerMessage(2031, LogLevel.Error, "The new certificate of {Endpoint} cannot be taken, and the old one stays: {Problem}")]
    public static partial void CertificateRefused(ILogger logger, string endpoint, string problem);
}
