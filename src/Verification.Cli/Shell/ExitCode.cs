namespace Verification.Cli.Shell;

/// <summary>What a script learns from the exit code.</summary>
internal static class ExitCode
{
    /// <summary>The question was answered, whatever the answer; with <c>verify --exit-code</c>, the permit is valid.</summary>
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

    /// <summary><c>verify --exit-code</c>: the permit is frozen 冻结.</summary>
    public const int Frozen = 10;

    /// <summary><c>verify --exit-code</c>: the permit has expired 过期.</summary>
    public const int Expired = 11;

    /// <summary><c>verify --exit-code</c>: the permit is cancelled 注销.</summary>
    public const int Cancelled = 12;

    /// <summary><c>verify --exit-code</c>: the permit is issued on a later date.</summary>
    public const int NotYetValid = 13;

    /// <summary><c>verify --exit-code</c>: the registry knows no permit with this number.</summary>
    public const int NotFound = 14;

    /// <summary><c>verify --exit-code</c>: the permit is valid, but the identity number is not on it in that role.</summary>
    public const int NotMatched = 20;

    /// <summary><c>verify --exit-code</c>: the permit is valid, but the card is not its current one.</summary>
    public const int NotCurrent = 21;

    /// <summary><c>verify --exit-code</c>: the permit is valid, but an identity number was sent that could not be compared.</summary>
    public const int NotCompared = 22;
}
