using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Model;

/// <summary>A node's way to the model's registry: slow before the snapshot and after it, at times very, at times without an answer.</summary>
internal class SimRegistry(SimWorld world) : IPermitReader, IPermitScan, IChangeLog
{
    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        AnswerAsync(() => world.Model.Head, Disturbance.PollDelayed);

    public virtual Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) =>
        AnswerAsync(() => new PermitLoad(world.Model.HistoryOf(number), world.Model.Head), Disturbance.LoadDelayed);

    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        AnswerAsync(
            () => new RegistrySnapshot(
                numbers.Select(world.Model.HistoryOf).OfType<PermitHistory>().ToDictionary(history => history.Number), world.Model.Head),
            Disturbance.LoadDelayed);

    public virtual Task<PermitPage> ReadPageAsync(PermitNumber after, int limit, CancellationToken cancellationToken) => AnswerAsync(
        () => new PermitPage(
            [
                .. SimWorld.Numbers.OrderBy(number => number.ToString(), StringComparer.Ordinal)
                    .Where(number => string.CompareOrdinal(number.ToString(), after.ToString()) > 0)
                    .Select(world.Model.HistoryOf).OfType<PermitHistory>().Take(limit),
            ],
            world.Model.Head),
        Disturbance.LoadDelayed);

    public virtual Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        AnswerAsync(() => world.Model.ChangesSince(sinceRevision, limit), Disturbance.PollDelayed);

    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) =>
        AnswerAsync(world.Model.Stamps, Disturbance.PollDelayed);

    protected async Task<T> AnswerAsync<T>(Func<T> snapshot, Disturbance delay)
    {
        await PassAsync(delay);
        var answer = snapshot();
        await PassAsync(delay);
        if (world.Chance.Next(1_000) != 0)
        {
            return answer;
        }

        world.Disturbances.Count(Disturbance.RegistryAway);
        throw new RegistryUnavailableException("The model's registry was away.");
    }

    private Task PassAsync(Disturbance delay)
    {
        if (world.Chance.Next(150) != 0)
        {
            return world.Turns.PassAsync();
        }

        world.Disturbances.Count(delay);
        return world.Holds.HoldAsync();
    }
}
