using System.CommandLine;

namespace Verification.Cli.Commands;

/// <summary>The permit number that most commands are about. The service decides whether it is well formed.</summary>
internal static class PermitNumberArgument
{
    public static Argument<string> Create() => new("NUMBER") { Description = Say("The permit's number, as printed on the card; an employer's is its unified social credit code.", "证件号码，以证面为准；用人单位用统一社会信用代码。") };
}
