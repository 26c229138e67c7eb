using Permits.Verification.V1;
using Spectre.Console;

namespace Verification.Cli.Output;

/// <summary>Colours that tell a status or a decision at a glance; the words say it too.</summary>
internal static class StatusColors
{
    public static Color Of(PermitStatus status) => status switch
    {
        PermitStatus.Valid => Color.Green,
        PermitStatus.Frozen => Color.Aqua,
        PermitStatus.Expired or PermitStatus.NotYetValid => Color.Yellow,
        _ => Color.Red,
    };

    public static Color Of(Decision decision) => decision switch
    {
        Decision.Conferred => Color.Green,
        Decision.Conditional => Color.Yellow,
        _ => Color.Red,
    };
}
