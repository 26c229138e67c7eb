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
        facts.Fact(Say("Confirmed", "确认时间"), at.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        facts.Fact(Say("Counting", "起算"), Say($"from events after revision {answer.Revision.ToString(CultureInfo.InvariantCulture)}", $"修订号 {answer.Revision.ToString(CultureInfo.InvariantCulture)} 之后的事项"));
        console.Write(facts);
    }
}
