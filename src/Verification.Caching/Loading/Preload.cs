using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Verification.Caching.Coherence;
using Verification.Caching.Memory;
using Verification.Caching.Telemetry;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Loading;

/// <summary>
/// Fills memory with all that the registry holds, page by page, beside serving: when the node has first heard of it, and again when it went
/// back. It ends where memory is nearly full, so that what it holds first is not pushed out by what it holds last.
/// </summary>
/// <remarks>
/// It is a load like any other, of many numbers that nobody asked for yet: what is read is held as of the revision of its snapshot, memory
/// keeps the later of two readings, and the stamps decide what may be told. So nothing that changes meanwhile is answered as it was.
/// </remarks>
/// <param name="scan">The registry.</param>
/// <param name="feed">Tells which epoch there is.</param>
/// <param name="rulebooks">The rulebooks that what is held is compiled under.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">The log.</param>
/// <param name="pageSize">The permits of a page.</param>
internal sealed class Preload(
    IPermitScan scan, ChangeFeed feed, RulebookLibrary rulebooks, TimeProvider clock, ILogger logger, int pageSize = 5_000)
{
    private static readonly TimeSpan PageTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(10);

    private long _permits;
    private volatile bool _isUnderWay = true;

    /// <summary>Whether it is not done yet.</summary>
    public bool IsUnderWay => _isUnderWay;

    /// <summary>How many permits it has read by now.</summary>
    public long Permits => Volatile.Read(ref _permits);

    /// <summary>Fills memory until cancelled: once for every epoch.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        RegistryEpoch? filled = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (feed.Position?.Epoch is { } epoch && epoch != filled)
            {
                await FillAsync(epoch, cancellationToken);
                filled = epoch;
            }

            await Task.Delay(LookAgainAfter, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Fills the memory of an epoch, as far as it comes.</summary>
    public async Task FillAsync(RegistryEpoch epoch, CancellationToken cancellationToken)
    {
        _isUnderWay = true;
        Volatile.Write(ref _permits, 0);
        Log.PreloadBegins(logger);
        var begun = clock.GetTimestamp();
        try
        {
            var isComplete = await ReadAllAsync(epoch, begun, cancellationToken);
            Log.PreloadEnds(logger, isComplete ? "all permits" : "as many permits as memory has room for", Permits, clock.GetElapsedTime(begun), epoch.Memory.Size);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was: the node answers without it, and loads what it is asked for.
            Log.PreloadFailed(logger, Permits, exception);
        }
        finally
        {
            _isUnderWay = false;
        }
    }

    /// <summary>Reads a page while the one before it is compiled.</summary>
    /// <returns>Whether memory has room for all.</returns>
    private async Task<bool> ReadAllAsync(RegistryEpoch epoch, long begun, CancellationToken cancellationToken)
    {
        var told = begun;
        var page = ReadPageAsync(default, cancellationToken);
        while (true)
        {
            var (histories, head) = await page;
            if (head.RegistryId != epoch.RegistryId || (feed.Position is { } position && position.Epoch != epoch))
            {
                throw new RegistryUnavailableException("It is another registry by now; its permits are read anew.");
            }

            var isLast = histories.Length < pageSize;
            page = isLast ? page : ReadPageAsync(histories[^1].Number, cancellationToken);
            Hold(epoch, histories, head.Revision);
            if (isLast || epoch.Memory.IsNearlyFull)
            {
                // A page on its way is of no use: that it may fail must be nobody's surprise.
                _ = page.ContinueWith(left => left.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return isLast;
            }

            if (clock.GetElapsedTime(told) > ToldEvery)
            {
                told = clock.GetTimestamp();
                Log.PreloadGoesOn(logger, Permits, clock.GetElapsedTime(begun));
            }
        }
    }

    private async Task<PermitPage> ReadPageAsync(PermitNumber after, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await RegistryDeadline.RunAsync(token => scan.ReadPageAsync(after, pageSize, token), PageTimeout, clock, cancellationToken);
            }
            catch (RegistryUnavailableException unavailable) when (unavailable is not (RegistryDamagedException or RegistryReplacedException))
            {
                await Task.Delay(TryAgainAfter, clock, cancellationToken);
            }
        }
    }

    private void Hold(RegistryEpoch epoch, ImmutableArray<PermitHistory> histories, long readAt)
    {
        var compiledUnder = rulebooks.From(Calendar.DateInBeijing(clock.GetUtcNow()));
        foreach (var history in histories)
        {
            epoch.Memory.Hold(history.Number, new CompiledPermit(history.Number, history, readAt, compiledUnder));
        }

        Volatile.Write(ref _permits, _permits + histories.Length);
    }
}
