using System.Globalization;
using Permits.Registry.V1;
using Spectre.Console;

namespace Verification.Cli.Output;

/// <summary>A clock that was confirmed, for a person.</summary>
internal static class ConfirmedClockView
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static void Write(IAnsiConsole console, ConfirmClockResponse answer)
    {
        var at = answer.ConfirmedAt.ToDateTimeOffset().ToOffset(Beijing);
        var facts = Layout.Facts();
        facts.Fact("Confirmed", at.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        facts.Fact("Counting", $"from events after revision {answer.Revision.ToString(CultureInfo.InvariantCulture)}");
        console.Write(facts);
    }
}
