namespace Verification.Server.Configuration;

/// <summary>The server does not start, for reasons that its operator can mend. Told in plain words, without a stack trace.</summary>
internal sealed class StartRefusedException : Exception
{
    /// <summary>For these reasons.</summary>
    public StartRefusedException(IEnumerable<string> problems)
        : this([.. problems], cause: null)
    {
    }

    /// <summary>For one reason.</summary>
    public StartRefusedException(string problem, Exception? cause = null)
        : this([problem], cause)
    {
    }

    private StartRefusedException(string[] problems, Exception? cause)
        : base(string.Join(Environment.NewLine, problems), cause) => Problems = problems;

    /// <summary>The reasons.</summary>
    public IReadOnlyList<string> Problems { get; }
}
