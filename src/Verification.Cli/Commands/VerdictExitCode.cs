using Permits.Verification.V1;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>
/// The exit code that tells a verdict: one for each status. 0 says yes to all that was asked, so that a script which looks at nothing else
/// never takes a no for a yes.
/// </summary>
internal static class VerdictExitCode
{
    /// <summary>That of an answer to a request.</summary>
    public static int Of(VerifyPermitRequest request, Verdict verdict)
    {
        if (verdict.Status != PermitStatus.Valid)
            return Of(verdict.Status);
        if (request.Through is not null && verdict.Throughout is not { Valid: true })
            return verdict.Throughout is { } throughout ? Of(throughout.Status) : ExitCode.CouldNotTell;
        if (request.Subject is { IdentityNumber.Length: > 0 } && verdict.SubjectMatch != SubjectMatch.Matched)
            return verdict.SubjectMatch == SubjectMatch.NotMatched ? ExitCode.NotMatched : ExitCode.NotCompared;
        return request.HasCardEdition && verdict.CardMatch != CardMatch.Current ? ExitCode.NotCurrent : ExitCode.Answered;
    }

    private static int Of(PermitStatus status) => status switch
    {
        PermitStatus.Frozen => ExitCode.Frozen,
        PermitStatus.Expired => ExitCode.Expired,
        PermitStatus.Cancelled => ExitCode.Cancelled,
        PermitStatus.NotYetValid => ExitCode.NotYetValid,
        PermitStatus.NotFound => ExitCode.NotFound,
        // Of a service that knows more than this program.
        _ => ExitCode.CouldNotTell,
    };
}
