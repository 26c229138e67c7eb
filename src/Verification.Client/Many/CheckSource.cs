namespace Verification.Client;

/// <summary>
/// The checks of a list on their way: read ahead as far as they are at hand, kept until they have an outcome. A source that has nothing at
/// hand is not waited for while there is something else to do.
/// </summary>
/// <param name="checks">The list.</param>
/// <param name="most">The most that are kept.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class CheckSource(IAsyncEnumerable<PermitCheck> checks, int most, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<PermitCheck> _input = checks.GetAsyncEnumerator(cancellationToken);
    private readonly List<PermitCheck> _kept = [];
    private Task<bool>? _next;
    private bool _isRead;

    /// <summary>The checks without an outcome, in order.</summary>
    public IReadOnlyList<PermitCheck> Kept => _kept;

    /// <summary>The place of the first of them, from 0.</summary>
    public long First { get; private set; }

    /// <summary>Whether every check has its outcome.</summary>
    public bool IsDone => _isRead && _kept.Count == 0;

    /// <summary>Ends when more is at hand; null where nothing more is wanted now.</summary>
    public Task? More => _isRead || _kept.Count >= most ? null : _next;

    /// <summary>Takes what is at hand.</summary>
    /// <exception cref="ArgumentException">A check brings what belongs into the options.</exception>
    public async Task FillAsync()
    {
        while (!_isRead && _kept.Count < most)
        {
            _next ??= _input.MoveNextAsync().AsTask();
            if (!_next.IsCompleted)
                return;
            if (await _next)
                _kept.Add(Readable(_input.Current));
            else
                _isRead = true;
            _next = null;
        }
    }

    /// <summary>The first checks have their outcomes.</summary>
    public void Drop(int count)
    {
        _kept.RemoveRange(0, count);
        First += count;
    }

    /// <summary>Closes the list, once it reads no more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_next is not null)
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _input.DisposeAsync();
    }

    private PermitCheck Readable(PermitCheck? check) =>
        check is null ? throw Wrong("is null")
        : check.Freshness is not null ? throw Wrong($"has a {nameof(PermitCheck.Freshness)}, which belongs into {nameof(VerifyManyOptions)}")
        : check.KnownAtRevision is not null ? throw Wrong($"has a {nameof(PermitCheck.KnownAtRevision)}, which belongs into {nameof(VerifyManyOptions)}")
        : check.RulebookVersion is not null ? throw Wrong($"has a {nameof(PermitCheck.RulebookVersion)}, which belongs into {nameof(VerifyManyOptions)}")
        : check;

    private ArgumentException Wrong(string what) => new(FormattableString.Invariant($"Check {First + _kept.Count} {what}."));
}
