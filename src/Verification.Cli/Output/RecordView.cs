using System.Globalization;
using Permits.Registry.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>A recorded event for a person.</summary>
internal static class RecordView
{
    public static void Write(IAnsiConsole console, RecordEventRequest request, RecordEventResponse answer)
    {
        var facts = Layout.Facts();
        facts.Fact(answer.AlreadyRecorded ? "Recorded before" : "Recorded", EventText.Of(request.Event).Name.Name);
        facts.Fact("On", request.Event.On.ToText());
        facts.Fact("Revision", answer.Revision.ToString(CultureInfo.InvariantCulture));
        facts.Fact("Request", request.RequestId);
        console.Write(facts);
    }
}
