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
            console.WriteNote("Dates hold if nothing further is recorded. \"Until\" is the first day on which it is no longer open.");
        }
        ProvenanceView.Write(console, answer.Provenance);
    }

    private static Grid Facts(GetProceduresResponse answer)
    {
        var facts = Layout.Facts();
        // What the registry does not know may be the number of somebody's document, typed in the place of a permit's.
        if (answer.Kind != PermitKind.Unspecified)
        {
            facts.AddRow(Layout.Dim("Permit"), Layout.Bold(answer.PermitNumber));
            facts.Fact("Kind", Terms.Of(answer.Kind).Name);
        }
        var status = Terms.Of(answer.Status);
        facts.AddRow(Layout.Dim("Status"), Layout.Coloured(status.Full, StatusColors.Of(answer.Status)));
        if (answer.AsOf is { } asOf)
            facts.Fact("As of", asOf.ToText());
        if (answer.Procedures.Count == 0)
            facts.Fact("Procedures", "none: the rulebook lists nothing that is filed for it");
        return facts;
    }

    private static Grid Openings(GetProceduresResponse answer)
    {
        var table = new Grid(new("Procedure"), new("Open", Breaks: true));
        foreach (var opening in answer.Procedures)
            table.AddRow(Layout.Plain(Name(opening.Procedure)), Open(opening));
        return table;
    }

    private static Cell Open(ProcedureOpening opening) => opening switch
    {
        { Open: true, ClosesOn: { } closes } => Layout.Coloured($"yes, until {closes.ToText()}", Color.Green),
        { Open: true } => Layout.Coloured("yes", Color.Green),
        { OpensOn: { } opens } => Layout.Coloured($"no, opens {opens.ToText()}: {opening.WhyNot}", Color.Yellow),
        _ => Layout.Plain($"no: {opening.WhyNot}"),
    };

    /// <summary>Who files each, where, and under it the papers, one a line.</summary>
    private static Grid Ways(GetProceduresResponse answer)
    {
        // Without headers, so that on a narrow terminal the papers stay under their procedure.
        var ways = Layout.Facts();
        ways.AddRow(Layout.Dim("How to file"), Layout.Dim("Who, where and with what papers"));
        foreach (var procedure in answer.Procedures.Select(opening => opening.Procedure))
        {
            ways.AddRow(Layout.Plain(Name(procedure)), Layout.Plain(Filing(procedure)));
            foreach (var material in procedure.Materials)
                ways.Fact("", $"· {material.Text} {material.TextZh}".TrimEnd());
            if (procedure.Materials.Count == 0)
                ways.Fact("", "· none");
        }
        return ways;
    }

    private static string Filing(Procedure procedure) =>
        $"{procedure.FiledBy} {procedure.FiledByZh}{(procedure.Place.Length == 0 ? "" : $"; {procedure.Place} {procedure.PlaceZh}")} {procedure.Source}";

    private static string Name(Procedure procedure) => new Term(procedure.Code, procedure.NameZh).Name;
}
