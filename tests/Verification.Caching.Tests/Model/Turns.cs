namespace Verification.Caching.Tests.Model;

/// <summary>
/// One thread that plays many: what could run next waits here, and chance says what does. Every await is a place where anything else
/// may come in between, and a seed repeats it all.
/// </summary>
internal sealed class Turns(Random chance) : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _waiting = [];

    public int Waiting => _waiting.Count;

    public override void Post(SendOrPostCallback d, object? state) => _waiting.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing here may block.");

    /// <summary>Runs one of those that wait.</summary>
    public void RunOne()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var index = chance.Next(_waiting.Count);
        var (callback, state) = _waiting[index];
        _waiting[index] = _waiting[^1];
        _waiting.RemoveAt(_waiting.Count - 1);
        callback(state);
    }

    /// <summary>Lets others come in between: mostly few, at times very many.</summary>
    public async Task PassAsync()
    {
        for (var turns = chance.Next(40) == 0 ? chance.Next(150) : chance.Next(4); turns >= 0; turns--)
        {
            await Task.Yield();
        }
    }
}
