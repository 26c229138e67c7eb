namespace Verification.Cli.Shell;

/// <summary>What a script learns from the exit code.</summary>
internal static class ExitCode
{
    /// <summary>The question was answered, whatever the answer.</summary>
    public const int Answered = 0;

    /// <summary>The command line, a file or the request was wrong: the same command will fail again.</summary>
    public const int BadInput = 1;

    /// <summary>The import is complete, and some lines were rejected; or the round is, and some rows have no verdict.</summary>
    public const int Rejects = 2;

    /// <summary>An audit log is not as it was written, or an answer of the past comes out otherwise now.</summary>
    public const int NotIntact = 2;

    /// <summary>
    /// The service could not tell, neither yes nor no, or its answer could not be written. The same command may work later.
    /// </summary>
    public const int CouldNotTell = 3;
}
