using System.CommandLine;
using Verification.Load.Reporting;
using Verification.Load.Results;

namespace Verification.Load.Commands;

/// <summary><c>compare</c>: what changed between two results.</summary>
internal static class CompareCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var before = new Argument<FileInfo>("before") { Description = "A result file." };
        var after = new Argument<FileInfo>("after") { Description = "A later one." };
        before.AcceptExistingOnly();
        after.AcceptExistingOnly();
        var command = new Command("compare", "Compares two result files by their ratios to the yardsticks, which do not depend on the machine as times do.")
        {
            before, after,
        };
        command.SetAction(parsed => Comparison.Write(
            Console.Out, ResultFile.Read(parsed.GetValue(before)!.FullName), ResultFile.Read(parsed.GetValue(after)!.FullName)));
        return command;
    }
}
