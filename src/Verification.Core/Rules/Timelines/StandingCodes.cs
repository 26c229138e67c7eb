using Verification.Core.Rules.Codes;

namespace Verification.Core.Rules.Timelines;

/// <summary>
/// Six bits for every standing that the policy's rules make, so that a packed timeline spells out none of them. What a rule to come
/// makes beside these is spelled out.
/// </summary>
internal static class StandingCodes
{
    /// <summary>Stands for a standing without a code.</summary>
    public const int None = 63;

    private const int ReasonBits = 11;

    private static readonly Standing[] Standings = [.. All()];

    // By the bits of a standing: its code.
    private static readonly byte[] Codes = Index();

    /// <summary>The code of a standing, or <see cref="None"/>.</summary>
    public static int Of(Standing standing) =>
        (int)standing.Reasons >> ReasonBits == 0 && BitsOf(standing) < Codes.Length ? Codes[BitsOf(standing)] : None;

    /// <summary>The standing of a code; not of <see cref="None"/>.</summary>
    public static Standing Read(int code) => Standings[code];

    private static int BitsOf(Standing standing) => ((int)standing.Status << ReasonBits) | (int)standing.Reasons;

    private static IEnumerable<Standing> All()
    {
        const StatusReasons Missed = StatusReasons.InspectionMissed;
        const StatusReasons Pending = StatusReasons.InspectionPending;
        (PermitStatus Status, StatusReasons Reasons)[] inForce =
        [
            (PermitStatus.Valid, StatusReasons.None),
            (PermitStatus.Valid, Pending),
            (PermitStatus.Valid, StatusReasons.RenewalWindowOpen),
            (PermitStatus.Valid, StatusReasons.RenewalWindowOpen | Pending),
            (PermitStatus.Frozen, Missed),
            (PermitStatus.Expired, StatusReasons.ExpiredRenewable),
            (PermitStatus.Expired, StatusReasons.ExpiredRenewable | Missed),
            (PermitStatus.Expired, StatusReasons.ExpiredRenewable | Pending),
        ];
        foreach (var (status, reasons) in inForce)
        {
            foreach (var employment in new[] { StatusReasons.None, StatusReasons.EmploymentEnded, StatusReasons.TransferOverdue })
            {
                yield return new Standing(status, reasons | employment);
                yield return new Standing(status, reasons | employment | StatusReasons.UnderProcedure);
            }
        }

        yield return new Standing(PermitStatus.Frozen, StatusReasons.EndorsementMissed);
        yield return new Standing(PermitStatus.Expired, StatusReasons.Lapsed);
        yield return new Standing(PermitStatus.Cancelled, StatusReasons.Cancelled);
        yield return new Standing(PermitStatus.Cancelled, StatusReasons.Exchanged);
    }

    private static byte[] Index()
    {
        var codes = new byte[8 << ReasonBits];
        Array.Fill(codes, (byte)None);
        for (var code = 0; code < Standings.Length; code++)
        {
            codes[BitsOf(Standings[code])] = (byte)code;
        }

        return codes;
    }
}
