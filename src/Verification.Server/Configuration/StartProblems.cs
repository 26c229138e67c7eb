namespace Verification.Server.Configuration;

/// <summary>Gathers why the server does not start, so that its operator learns all of it at once.</summary>
internal sealed class StartProblems
{
    private readonly List<string> _problems = [];

    /// <summary>Adds reasons.</summary>
    public void Add(IEnumerable<string> problems) => _problems.AddRange(problems);

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
            Add(refusal.Problems);
            return null;
        }
    }

    /// <summary>Refuses the start where there is a reason.</summary>
    /// <exception cref="StartRefusedException">All reasons.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new StartRefusedException(_problems);
        }
    }
}
