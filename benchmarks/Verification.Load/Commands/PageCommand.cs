using System.CommandLine;
using Verification.Load.Reporting;
using Verification.Load.Results;

namespace Verification.Load.Commands;

/// <summary><c>page</c>: writes the page of a result anew.</summary>
internal static class PageCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo>("result") { Description = "A result file." };
        file.AcceptExistingOnly();
        var page = new Argument<string>("page") { Description = "The page to write." };
        var command = new Command("page", "Writes the page of a result, with the course over the results kept.") { file, page };
        command.SetAction(parsed => File.WriteAllText(
            parsed.GetValue(page)!, Page.Of(ResultFile.Read(parsed.GetValue(file)!.FullName), ResultFile.ReadAll(RunCommand.Kept))));
        return command;
    }
}
