using System.Net.Sockets;
using System.Security.Authentication;

namespace Verification.Client;

/// <summary>Finds in the exceptions behind a failed call why it did not reach the service, and says so in words.</summary>
internal static class ConnectionFaults
{
    // RFC 9113, section 7. They tell what was sent when nothing was understood; other codes end a call, not an acquaintance.
    private const long ProtocolError = 0x1;
    private const long FrameSizeError = 0x6;
    private const long Http11Required = 0xd;

    private const string OtherProtocol = "what listens there does not speak HTTP/2 in this way: is it the gRPC port, and http or https?";

    public static (ConnectionFault Fault, string Message)? Find(Exception? cause)
    {
        var chain = Chain(cause).ToArray();
        return chain.Select(Read).FirstOrDefault(found => found is not null)
            ?? (chain.OfType<HttpRequestException>().FirstOrDefault() is { } request ? Read(request, chain[^1]) : null);
    }

    private static IEnumerable<Exception> Chain(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static (ConnectionFault, string)? Read(Exception cause) => cause switch
    {
        UntrustedCertificateException => (ConnectionFault.Untrusted, cause.Message),
        CredentialMissingException => (ConnectionFault.NoCredential, $"there is no credential to send: {cause.Message}"),
        SocketException socket => (ConnectionFault.Unreachable, WordsOf(socket)),
        HttpProtocolException { ErrorCode: Http11Required } =>
            (ConnectionFault.Incompatible, "it is an HTTP/1.1 port; the gRPC port speaks HTTP/2"),
        HttpProtocolException { ErrorCode: ProtocolError or FrameSizeError } => (ConnectionFault.Incompatible, OtherProtocol),
        AuthenticationException { InnerException: null } =>
            (ConnectionFault.Incompatible, "it does not speak TLS; in clear text its address begins with http://"),
        AuthenticationException =>
            (ConnectionFault.Incompatible, $"TLS was not agreed on: {cause.GetBaseException().Message.TrimEnd('.')}"),
        _ => null,
    };

    private static (ConnectionFault, string)? Read(HttpRequestException request, Exception root) => (request.HttpRequestError, root) switch
    {
        // The second is what remains where the connection ended in the midst of its first frames: the framework says no more.
        (_, HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }) or (HttpRequestError.Unknown, HttpRequestException) =>
            (ConnectionFault.Unreachable, "the connection ended before the answer; so does one in clear text to an https port"),
        (HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse, _) => (ConnectionFault.Incompatible, OtherProtocol),
        (HttpRequestError.ConnectionError, _) => (ConnectionFault.Unreachable, $"the connection broke: {root.Message.TrimEnd('.')}"),
        _ => null,
    };

    private static string WordsOf(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData => "no such host",
        SocketError.TryAgain => "the host's name cannot be looked up now",
        SocketError.TimedOut => "no connection in time",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "the network does not reach it",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "the connection was reset",
        _ => socket.Message,
    };
}
