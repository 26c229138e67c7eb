using System.Globalization;
using Permits.Registry.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>A recorded event for a person.</summary>
internal static class RecordView
{
    /// <summary>Writes what was recorded.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="annulled">What an annulment takes back, where that was looked up.</param>
    /// <param name="answer">The answer.</param>
    public static void Write(IAnsiConsole console, RecordEventRequest request, PermitEvent? annulled, RecordEventResponse answer)
    {
        var facts = Layout.Facts();
        facts.Fact(Say(answer.AlreadyRecorded ? "Recorded before" : "Recorded", answer.AlreadyRecorded ? "以前已登记" : "已登记"), EventText.NameOf(request.Event).Name);
        if (request.Event.Annulled is { } annulment)
            facts.Fact(Say("Annuls", "更正对象"), Target(annulment.Target, annulled));
        facts.Fact(Say("On", "日期"), request.Event.On.ToText());
        facts.Fact(Say("Revision", "修订号"), answer.Revision.ToString(CultureInfo.InvariantCulture));
        facts.Fact(Say("Request", "请求标识"), request.RequestId);
        console.Write(facts);
    }

    private static string Target(int place, PermitEvent? annulled)
    {
        var number = place.ToString(CultureInfo.InvariantCulture);
        return annulled is null ? number : $"{number}: {EventText.Of(annulled)} ({annulled.On.ToText()})";
    }
}
