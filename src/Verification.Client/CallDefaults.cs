using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Verification.Client;

/// <summary>
/// Gives every call the key and, where it has none, the deadline. Call credentials would not do: gRPC drops them on clear text.
/// </summary>
internal sealed class CallDefaults : Interceptor
{
    private const int MaxKeyLength = 4096;

    private readonly string? _authorization;
    private readonly string? _credentialFile;
    private readonly string? _language;
    private readonly TimeSpan? _deadline;
    private readonly TimeProvider _time;

    public CallDefaults(PermitVerificationOptions options)
    {
        if (options.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new ArgumentException("The address must start with http:// or https://.", nameof(options));
        if (options.ApiKey is { } key && (key.Length is 0 or > MaxKeyLength || key.Any(c => c is <= ' ' or > '~')))
            throw new ArgumentException("The API key must be 1 to 4,096 visible ASCII characters.", nameof(options));
        _authorization = options.ApiKey is null ? null : "Bearer " + options.ApiKey;
        _credentialFile = options.CredentialFile;
        _language = options.AcceptLanguage;
        _deadline = options.Deadline;
        _time = options.TimeProvider;
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Apply(context, _deadline));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Apply(context, _deadline));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Apply(context, deadline: null));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(Apply(context, deadline: null));

    private ClientInterceptorContext<TRequest, TResponse> Apply<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, TimeSpan? deadline)
        where TRequest : class
        where TResponse : class
    {
        var options = context.Options;
        var authorization = _credentialFile is null ? _authorization : "Bearer " + File.ReadAllText(_credentialFile).Trim();
        if (authorization is not null || _language is not null)
        {
            var headers = new Metadata();
            foreach (var entry in options.Headers ?? [])
                headers.Add(entry);
            if (authorization is not null)
                headers.Add("authorization", authorization);
            if (_language is not null)
                headers.Add("accept-language", _language);
            options = options.WithHeaders(headers);
        }
        if (deadline is { } time && options.Deadline is null)
            options = options.WithDeadline(_time.GetUtcNow().UtcDateTime + time);
        return new(context.Method, context.Host, options);
    }
}
