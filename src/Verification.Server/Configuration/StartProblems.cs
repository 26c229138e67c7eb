namespace Verification.Server.Configuration;

/// <summary>Gathers why the server does not start, so that its operator learns all of it at once.</summary>
internal sealed class StartProblems
{
    private readonly List<string> _problems = [];

    /// <summary>Whether there is a reason.</summary>
    public bool Any => _problems.Count > 0;

    /// <summary>The reasons.</summary>
    public IReadOnlyList<string> All => _problems;

    /// <summary>Adds a reason.</summary>
    public void Add(string problem) => _problems.Add(problem);

    /// <summary>Does a part of the start; where it is refused, the reasons are added and the start goes on.</summary>
    /// <returns>What the part made; null where it was refused.</returns>
    public T? Try<T>(Func<T> part)
        where T : class
    {
        try
        {
            return part();
        }
        catch (StartRefusedException refusal)
        {
            _problems.AddRange(refusal.Problems);
            return null;
        }
    }

    /// <summary>Refuses the start where there is a reason.</summary>
    /// <exception cref="StartRefusedException">All reasons.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new StartRefusedException(_problems);
        }
    }
}
