using Grpc.Core;
using Permits.Verification.V1;
using StackExchange.Redis;

namespace Verification.Load.Yardsticks;

/// <summary>(b) The echo, after one GET from Redis.</summary>
internal sealed class RedisService(IConnectionMultiplexer redis) : VerificationService.VerificationServiceBase
{
    /// <summary>The key that every call reads.</summary>
    public const string Key = "yardstick";

    /// <summary>As many bytes as the facts of a permit with four events.</summary>
    public const int ValueLength = 420;

    /// <inheritdoc/>
    public override async Task<VerifyPermitResponse> VerifyPermit(VerifyPermitRequest request, ServerCallContext context)
    {
        var value = await redis.GetDatabase().StringGetAsync(Key);
        return value.Length() == ValueLength ? FixedAnswers.One : throw new InvalidOperationException("Redis does not hold the value.");
    }
}
