using System.Collections.Frozen;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Verification.Core.Rules.Codes;
using Verification.Load.Questions;

namespace Verification.Load.Yardsticks;

/// <summary>Lets in who has a key, and keeps who it is for the call.</summary>
internal sealed class ApiKeyInterceptor : Interceptor
{
    private const string Bearer = "Bearer ";

    private static readonly FrozenDictionary<string, ConsumerClass> Consumers = new Dictionary<string, ConsumerClass>
    {
        [Keys.School] = ConsumerClass.School,
        [Keys.Vehicle] = ConsumerClass.VehicleLottery,
        [Keys.Authority] = ConsumerClass.IssuingAuthority,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Who asks.</summary>
    public static ConsumerClass ConsumerOf(ServerCallContext context) => (ConsumerClass)context.UserState[nameof(ApiKeyInterceptor)];

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (context.RequestHeaders.GetValue("authorization") is not { } header
            || !header.StartsWith(Bearer, StringComparison.Ordinal)
            || !Consumers.TryGetValue(header[Bearer.Length..], out var consumer))
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "Who are you?"));
        }

        context.UserState[nameof(ApiKeyInterceptor)] = consumer;
        return continuation(request, context);
    }
}
