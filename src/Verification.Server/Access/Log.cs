using Verification.Server.Access.Consumers;

namespace Verification.Server.Access;

/// <summary>What is logged of consumers: events 2000 to 2999. Never a key, a digest, a token or a permit's number.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "The consumers file was taken over: there are {Count} consumers now.")]
    public static partial void ConsumersReplaced(ILogger logger, int count);

    [LoggerMessage(2001, LogLevel.Error, "The consumers file {Path} was changed and is refused; the consumers stay as they were. {Problems}")]
    public static partial void ConsumersFileRefused(ILogger logger, string path, string problems);

    [LoggerMessage(2010, LogLevel.Information, "A call to {Path} was refused: {Fault} credential, from connection {Connection}. Others like it since the last such line: {Before}.")]
    public static partial void CredentialRefused(ILogger logger, string path, CredentialFault fault, string connection, long before);

    [LoggerMessage(2011, LogLevel.Warning, "Consumer {Consumer} was refused {Path}, for which it lacks the role. Others like it since the last such line: {Before}.")]
    public static partial void RoleMissing(ILogger logger, string consumer, string path, long before);
}
