using System.IO.Pipelines;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Verification.Server.Json;

/// <summary>
/// The answer of a call as the transcoder writes it, but for its own errors: what it writes with an error's status goes nowhere, so that a
/// problem can be written in its place.
/// </summary>
/// <param name="response">The answer.</param>
/// <param name="inner">Where it goes.</param>
internal sealed class JsonAnswer(HttpResponse response, IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private const string OwnTrailers = "verification-";

    private PipeWriter? _nowhere;
    private bool _isBegun;

    /// <summary>Whether a part of an answer is sent, and the rest never will be.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The transcoder asks for it once to write an answer, and again where that failed.</summary>
    public Stream Stream
    {
        get
        {
            IsBroken |= _isBegun && response.HasStarted;
            _isBegun = true;
            return IsBroken || IsError ? Stream.Null : inner.Stream;
        }
    }

    /// <inheritdoc/>
    public PipeWriter Writer => IsError ? _nowhere ??= PipeWriter.Create(Stream.Null) : inner.Writer;

    private bool IsError => response.StatusCode >= StatusCodes.Status400BadRequest;

    /// <summary>Puts it in the place of the answer.</summary>
    public static JsonAnswer Begin(HttpContext context)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.OnStarting(() => AddTrailersAsync(context));
        var answer = new JsonAnswer(response, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpResponseBodyFeature>(answer);
        return answer;
    }

    /// <summary>Puts the answer back in its place.</summary>
    public void End() => response.HttpContext.Features.Set(inner);

    /// <inheritdoc/>
    public void DisableBuffering() => inner.DisableBuffering();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        inner.SendFileAsync(path, offset, count, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync() => inner.CompleteAsync();

    /// <summary>What gRPC tells in trailers, HTTP does in headers.</summary>
    private static Task AddTrailersAsync(HttpContext context)
    {
        if (context.Features.Get<IServerCallContextFeature>() is { ServerCallContext: { } call })
        {
            foreach (var trailer in call.ResponseTrailers)
            {
                if (trailer.Key.StartsWith(OwnTrailers, StringComparison.Ordinal))
                {
                    context.Response.Headers[trailer.Key] = trailer.Value;
                }
            }
        }

        return Task.CompletedTask;
    }
}
