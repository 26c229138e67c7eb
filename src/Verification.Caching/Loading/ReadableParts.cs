using Verification.Caching.Coherence;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Caching.Loading;

/// <summary>
/// Reads permits from the registry, and where damage fails the whole, its halves, down to single permits: so damage fails only what
/// lies in it. A registry that does not answer is not asked again.
/// </summary>
/// <param name="registry">The registry.</param>
/// <param name="damaged">Takes note of what could not be read.</param>
/// <param name="patience">How long it goes on after the first damage; what is left then is not told.</param>
/// <param name="clock">The clock.</param>
internal sealed class ReadableParts(IPermitReader registry, DamagedPermits damaged, TimeSpan patience, TimeProvider clock)
{
    /// <summary>Reads what can be read.</summary>
    /// <param name="numbers">The numbers, each once.</param>
    /// <param name="take">Takes each that was read: its history, or null, and the head of the snapshot.</param>
    /// <param name="wanted">Cancelled when nobody wants them any more.</param>
    /// <exception cref="RegistryDamagedException">Some could not be read; all others were taken.</exception>
    /// <exception cref="RegistryUnavailableException">The registry did not answer, or not in time; what was read by then was taken.</exception>
    public async Task ReadAsync(
        PermitNumber[] numbers, Action<PermitNumber, PermitHistory?, RegistryHead> take, CancellationToken wanted)
    {
        var parts = new Stack<PermitNumber[]>([numbers]);
        var unreadable = new List<PermitNumber>();
        (RegistryDamagedException Exception, long At)? first = null;
        try
        {
            while (parts.TryPop(out var part))
            {
                if (first is { } damage && clock.GetElapsedTime(damage.At) > patience)
                {
                    throw new RegistryUnavailableException("The registry is damaged, and what can be read was not read in time.");
                }

                try
                {
                    await ReadPartAsync(part, take, wanted);
                }
                catch (RegistryDamagedException exception)
                {
                    first ??= (exception, clock.GetTimestamp());
                    if (part.Length == 1)
                    {
                        unreadable.Add(part[0]);
                        continue;
                    }

                    parts.Push(part[(part.Length / 2)..]);
                    parts.Push(part[..(part.Length / 2)]);
                }
            }
        }
        finally
        {
            damaged.Found(unreadable);
        }

        if (unreadable.Count > 0)
        {
            throw first!.Value.Exception;
        }
    }

    private async Task ReadPartAsync(
        PermitNumber[] part, Action<PermitNumber, PermitHistory?, RegistryHead> take, CancellationToken wanted)
    {
        if (part is [var only])
        {
            var load = await registry.LoadAsync(only, wanted);
            Take(only, load.History, load.Head);
            return;
        }

        var snapshot = await registry.LoadAsync(part, wanted);
        foreach (var number in part)
        {
            Take(number, snapshot.Histories.GetValueOrDefault(number), snapshot.Head);
        }

        void Take(PermitNumber number, PermitHistory? history, RegistryHead head)
        {
            damaged.Readable(number);
            take(number, history, head);
        }
    }
}
