using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Checks.AtOnce;

/// <summary>Single checks on one connection, byte by byte as a client sends them and gets them.</summary>
internal sealed class RawCalls : IDisposable
{
    private const string Method = "permits.verification.v1.VerificationService/VerifyPermit";
    private const int Prefix = 5;

    private readonly HttpClient _http;
    private readonly bool _byFramework;

    /// <summary>A caller's.</summary>
    /// <param name="server">The server.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="byFramework">Whether to name an encoding, which is for the framework to look at.</param>
    public RawCalls(TestServer server, string key, bool byFramework)
    {
        _byFramework = byFramework;
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>A frame around a message.</summary>
    public static byte[] Frame(byte[] message)
    {
        byte[] frame = [0, 0, 0, 0, 0, .. message];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        return frame;
    }

    /// <summary>Sends a body, and tells all of its answer but what differs from call to call: the check's identifier and the date header.</summary>
    public async Task<string> PostAsync(HttpContent body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
            Headers = { TE = { new("trailers") } },
        };
        if (body.Headers.ContentType is null)
        {
            body.Headers.ContentType = new("application/grpc");
        }

        if (_byFramework)
        {
            request.Headers.Add("grpc-encoding", "identity");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var frame = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var all = response.Headers.Concat(response.TrailingHeaders)
            .Where(header => header.Key != "Date")
            .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(header => $"{header.Key}={Readable(header.Key, string.Join(',', header.Value))}");
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {string.Join(' ', all)} {Readable(frame)}";
    }

    public Task<string> PostAsync(byte[] message, params (string Name, string Value)[] headers) =>
        PostAsync(new ByteArrayContent(Frame(message)), headers);

    public void Dispose() => _http.Dispose();

    private static string Readable(string name, string value) => name == "grpc-status-details-bin"
        ? RpcStatus.Parser.ParseFrom(Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '='))).ToString()
        : value;

    private static string Readable(byte[] frame)
    {
        if (frame.Length == 0)
        {
            return "nothing";
        }

        Assert.Equal((0, frame.Length - Prefix), (frame[0], BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1))));
        var answer = VerifyPermitResponse.Parser.ParseFrom(frame, Prefix, frame.Length - Prefix);
        Assert.Matches("^[0-9a-f]{32}$", answer.Provenance.CheckId);
        answer.Provenance.CheckId = string.Empty;
        return answer.ToString();
    }
}
