using Permits.Registry.V1;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>What may be filed for a permit, for a person: first what is open, then how each is filed.</summary>
internal static class ProceduresView
{
    /// <summary>Writes the answer.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="answer">The answer.</param>
    public static void Write(IAnsiConsole console, GetProceduresResponse answer)
    {
        console.Write(Facts(answer));
        console.WriteLine();
        if (answer.Procedures.Count > 0)
        {
            console.Write(Openings(answer));
            console.WriteLine();
            console.Write(Ways(answer));
            console.WriteLine();
            console.WriteNote(Say("Dates hold if nothing further is recorded. \"Until\" is the first day on which it is no longer open.", "以不再登记新事项为前提。“截止”是不再受理的第一天。"));
        }
        ProvenanceView.Write(console, answer.Provenance);
    }

    private static Grid Facts(GetProceduresResponse answer)
    {
        var facts = Layout.Facts();
        // What the registry does not know may be the number of somebody's document, typed in the place of a permit's.
        if (answer.Kind != PermitKind.Unspecified)
        {
            facts.AddRow(Layout.Dim(Say("Permit", "证件号码")), Layout.Bold(answer.PermitNumber));
            facts.Fact(Say("Kind", "种类"), Terms.Of(answer.Kind).Name);
        }
        var status = Terms.Of(answer.Status);
        facts.AddRow(Layout.Dim(Say("Status", "状态")), Layout.Coloured(status.Full, StatusColors.Of(answer.Status)));
        if (answer.AsOf is { } asOf)
            facts.Fact(Say("As of", "所查日期"), asOf.ToText());
        if (answer.Procedures.Count == 0)
            facts.Fact(Say("Procedures", "办理事项"), Say("none: the rulebook lists nothing that is filed for it", "无：规则中没有可为其办理的事项"));
        return facts;
    }

    private static Grid Openings(GetProceduresResponse answer)
    {
        var table = new Grid(new(Say("Procedure", "事项")), new(Say("Open", "可否办理"), Breaks: true));
        foreach (var opening in answer.Procedures)
            table.AddRow(Layout.Plain(Name(opening.Procedure)), Open(opening));
        return table;
    }

    private static Cell Open(ProcedureOpening opening) => opening switch
    {
        { Open: true, ClosesOn: { } closes } => Layout.Coloured(Say($"yes, until {closes.ToText()}", $"可以，截止 {closes.ToText()}"), Color.Green),
        { Open: true } => Layout.Coloured(Say("yes", "可以"), Color.Green),
        { OpensOn: { } opens } => Layout.Coloured(
            Say($"no, opens {opens.ToText()}: {opening.WhyNot}", $"不可以，{opens.ToText()} 起可以：{WhyNot(opening)}"), Color.Yellow),
        _ => Layout.Plain(Say($"no: {opening.WhyNot}", $"不可以：{WhyNot(opening)}")),
    };

    /// <summary>Who files each, where, and under it the papers, one a line.</summary>
    private static Grid Ways(GetProceduresResponse answer)
    {
        // Without headers, so that on a narrow terminal the papers stay under their procedure.
        var ways = Layout.Facts();
        ways.AddRow(Layout.Dim(Say("How to file", "如何办理")), Layout.Dim(Say("Who, where and with what papers", "由谁、在何处、需要的材料")));
        foreach (var procedure in answer.Procedures.Select(opening => opening.Procedure))
        {
            ways.AddRow(Layout.Plain(Name(procedure)), Layout.Plain(Filing(procedure)));
            foreach (var material in procedure.Materials)
                ways.Fact("", Say($"· {material.Text} {material.TextZh}".TrimEnd(), $"· {material.TextZh}"));
            if (procedure.Materials.Count == 0)
                ways.Fact("", Say("· none", "· 无"));
        }
        return ways;
    }

    private static string Filing(Procedure procedure)
    {
        var filedBy = Say($"{procedure.FiledBy} {procedure.FiledByZh}", procedure.FiledByZh);
        var place = Say($"; {procedure.Place} {procedure.PlaceZh}", $"；{procedure.PlaceZh}");
        return $"{filedBy}{(procedure.Place.Length == 0 ? "" : place)} {procedure.Source}";
    }

    private static string Name(Procedure procedure) => Terms.OfProcedure(procedure).Name;

    private static string WhyNot(ProcedureOpening opening) => Say(opening.WhyNot, opening.WhyNotZh.Length > 0 ? opening.WhyNotZh : opening.WhyNot);
}
