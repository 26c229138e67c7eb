namespace Verification.Caching.Tests.Model;

/// <summary>What is on its way and held up until chance lets it go, in any order.</summary>
internal sealed class Holds(Random chance)
{
    private readonly List<TaskCompletionSource> _held = [];

    public Task HoldAsync()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held.Add(held);
        return held.Task;
    }

    public void ReleaseOne()
    {
        if (_held.Count > 0)
        {
            var index = chance.Next(_held.Count);
            _held[index].SetResult();
            _held.RemoveAt(index);
        }
    }
}
