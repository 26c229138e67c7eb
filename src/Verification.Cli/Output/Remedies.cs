using Permits.Verification.V1;

namespace Verification.Cli.Output;

/// <summary>Finds what can be done about a verdict's reasons.</summary>
internal static class Remedies
{
    /// <summary>The remedies for this kind of permit, in the order of the reasons.</summary>
    public static IReadOnlyList<Remedy> For(Verdict verdict, Rulebook rulebook) =>
    [
        .. verdict.Reasons.SelectMany(reason => rulebook.Remedies.Where(remedy =>
            remedy.Reason == reason && (remedy.Kind == PermitKind.Unspecified || remedy.Kind == verdict.Kind))),
    ];
}
