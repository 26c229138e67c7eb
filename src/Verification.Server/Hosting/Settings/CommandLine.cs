using Verification.Server.Configuration;

namespace Verification.Server.Hosting.Settings;

/// <summary>The form of the command line: settings as <c>--key=value</c> or <c>--key value</c>, once the switches are taken out.</summary>
internal static class CommandLine
{
    /// <summary>
    /// Looks for arguments that the framework would pass over: a word that belongs to nothing, and a switch that is none of ours, which
    /// would take the next setting for its value.
    /// </summary>
    /// <param name="args">The arguments, without the switches.</param>
    /// <param name="problems">Takes them.</param>
    public static void Check(string[] args, StartProblems problems)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-') && !args[i].StartsWith('/'))
            {
                problems.Add($"{NameOf(args[i])} is no setting; it must be --key=value, --create or --demo.");
            }
            else if (args[i].Contains('=', StringComparison.Ordinal))
            {
                continue;
            }
            else if (i + 1 == args.Length || args[i + 1].StartsWith('-'))
            {
                problems.Add($"The argument '{args[i]}' has no value; it must be --key=value, --create or --demo.");
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>Leaves out what may be a secret: a value whose key was lost.</summary>
    private static string NameOf(string arg) =>
        arg.Contains('=', StringComparison.Ordinal) ? $"The argument '{arg.Split('=')[0]}'" : "A word among the arguments";
}
