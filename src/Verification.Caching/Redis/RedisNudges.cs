using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Redis;

/// <summary>
/// Tells other nodes of a commit, and hears of theirs. A message only makes a node poll at once; none that is lost, late or made up
/// changes an answer.
/// </summary>
internal sealed class RedisNudges(RedisConnection connection, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Tells the nodes on a registry that something was committed. Does not wait.</summary>
    public void Announce(Guid registryId)
    {
        try
        {
            connection.Current?.GetSubscriber().Publish(ChannelOf(registryId), RedisValue.EmptyString, CommandFlags.FireAndForget);
        }
        catch (Exception exception)
        {
            Log.RedisNotReached(logger, RedisFailure.Told(exception));
        }
    }

    /// <summary>Calls back for each commit that is told of on a registry, from now on, as long as the connection lives.</summary>
    public async Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken)
    {
        var made = await connection.WhenMadeAsync(cancellationToken);
        while (true)
        {
            try
            {
                await made.GetSubscriber().SubscribeAsync(ChannelOf(registryId), (_, _) => committed());
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NudgesNotHeard(logger, RedisFailure.Told(exception));
                await Task.Delay(RetryAfter, clock, cancellationToken);
            }
        }
    }

    internal static RedisChannel ChannelOf(Guid registryId) => RedisChannel.Literal($"pv1:{registryId:N}:commits");
}
