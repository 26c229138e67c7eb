using Permits.Verification.V1;

namespace Verification.Cli.Rounds;

/// <summary>
/// The permit number that the output shows: the registry's, where it knows the permit. Of another it cannot be told whether it is not
/// somebody's passport, from the wrong column.
/// </summary>
internal static class ShownNumber
{
    public static string Of(Verdict verdict) => verdict.Status == PermitStatus.NotFound ? "" : verdict.PermitNumber;
}
