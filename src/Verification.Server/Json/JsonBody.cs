using System.Text.Json;
using Google.Protobuf.Reflection;
using Microsoft.Net.Http.Headers;
using Verification.Server.Errors;
using Verification.Server.Messages;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Json;

/// <summary>
/// Reads the body of a call whole and checks it before the call. Only <c>application/json</c> is taken: a form of a hostile page cannot send
/// that, as a browser asks first, and is refused.
/// </summary>
/// <param name="type">The call's messages.</param>
/// <param name="mostBytes">The longest body.</param>
internal sealed class JsonBody(MessageDescriptor type, int mostBytes)
{
    private const string Json = "application/json";
    private const string Utf8 = "utf-8";
    private const int FirstRoom = 16 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly JsonMessage _message = JsonMessage.Of(type);

    /// <summary>Reads the body, and puts what was read in its place.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public async Task<RpcStatus?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsJson(request.ContentType))
        {
            return RpcErrors.ContentTypeUnknown();
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return RpcErrors.EncodingUnknown();
        }

        try
        {
            if (request.ContentLength > mostBytes || await ReadBytesAsync(context) is not { } body)
            {
                return RpcErrors.MessageTooLarge();
            }

            // The transcoder reads the same in the simplest way: its own reading of the header is another.
            request.ContentType = Json;
            request.Body = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false);
            return FaultOf(body);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            return RpcErrors.BodyBroken();
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var media)
        && media.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || HeaderUtilities.RemoveQuotes(media.Charset).Equals(Utf8, StringComparison.OrdinalIgnoreCase));

    /// <summary>The body; null where it is longer than it may be.</summary>
    private async Task<ArraySegment<byte>?> ReadBytesAsync(HttpContext context)
    {
        // Room grows with what has come, not with what was promised; and to one more than there may be, by which too much is told.
        var request = context.Request;
        var bytes = new byte[Math.Min(request.ContentLength + 1 ?? FirstRoom, FirstRoom)];
        var length = 0;
        for (int read; (read = await request.Body.ReadAsync(bytes.AsMemory(length), context.RequestAborted)) > 0;)
        {
            length += read;
            if (length > mostBytes)
            {
                return null;
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, Math.Min(bytes.Length * 2, mostBytes + 1));
            }
        }

        var start = bytes.AsSpan(0, length).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        return new ArraySegment<byte>(bytes, start, length - start);
    }

    private RpcStatus? FaultOf(ReadOnlySpan<byte> body)
    {
        var faults = new FieldReader();
        try
        {
            return _message.Check(body, faults) ? faults.Error : RpcErrors.NoJsonObject();
        }
        catch (JsonException cause)
        {
            return RpcErrors.MalformedJson(cause);
        }
    }
}
