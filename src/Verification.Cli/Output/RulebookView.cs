using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>A rulebook for a person.</summary>
internal static class RulebookView
{
    public static void Write(IAnsiConsole console, Rulebook rulebook)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim(Say("Rulebook", "规则版本")), Layout.Bold(rulebook.Version));
        if (rulebook.EffectiveFrom is { } from)
            facts.Fact(Say("In use from", "启用日期"), from.ToText());
        console.Write(facts);
        Section(console, Say("Terms, windows and due dates", "期限、办理时间和截止日期"), Parameters(rulebook));
        Section(console, Say("What a valid permit entitles its holder to", "有效证件的持证人可享受的待遇"), Entitlements(rulebook));
        Section(console, Say("What can be done", "处理办法"), Remedies(rulebook));
        if (rulebook.Procedures.Count > 0)
            Section(console, Say("What may be filed", "办理事项"), Procedures(rulebook));
        console.WriteLine();
        console.WriteNote(Say("The family's entitlements and all papers are in the answer with --json.", "随往人员的待遇和所需材料见 --json 输出。"));
    }

    private static void Section(IAnsiConsole console, string title, Grid grid)
    {
        console.WriteLine();
        console.WriteNote(title);
        console.Write(grid);
    }

    private static Grid Parameters(Rulebook rulebook)
    {
        var table = new Grid(new(Say("Parameter", "参数")), new(Say("From", "起始")), new(Say("Value", "取值")), new(Say("Source", "出处"), Breaks: true));
        foreach (var parameter in rulebook.Parameters)
        {
            foreach (var value in parameter.Values)
            {
                table.AddRow(
                    Layout.Plain(parameter.Name), Layout.Plain(value.From?.ToText() ?? Say("always", "一直")), Layout.Plain(value.Value), Layout.Plain(value.Source));
            }
        }
        return table;
    }

    private static Grid Entitlements(Rulebook rulebook)
    {
        var table = new Grid(
            new(Say("Kind", "种类")), new(Say("Entitlement", "待遇"), Breaks: true), new(Say("Decision", "结论")), new(Say("Basis", "依据")), new(Say("From", "起始")), new(Say("Source", "出处"), Breaks: true));
        foreach (var rule in rulebook.Entitlements.Where(rule => rule.Role == SubjectRole.Holder && rule.Decision != Decision.NotConferred))
        {
            table.AddRow(
                Layout.Plain(Terms.Of(rule.Kind).Name),
                Layout.Plain(Terms.Of(rule.Entitlement).Name),
                Layout.Coloured(Terms.Of(rule.Decision).Name, StatusColors.Of(rule.Decision)),
                Layout.Plain(Terms.Of(rule.Basis).Name),
                Layout.Plain(rule.From?.ToText() ?? Say("always", "一直")),
                Layout.Plain(rule.Source));
        }
        return table;
    }

    private static Grid Remedies(Rulebook rulebook)
    {
        var table = new Grid(new(Say("Reason", "原因")), new(Say("Kind", "种类")), new(Say("Who acts", "办理人"), Breaks: true), new(Say("What", "办法"), Breaks: true));
        foreach (var remedy in rulebook.Remedies)
        {
            table.AddRow(
                Layout.Plain(Terms.Of(remedy.Reason).Name),
                Layout.Plain(remedy.Kind == PermitKind.Unspecified ? Say("every", "各类") : Terms.Of(remedy.Kind).Name),
                Layout.Plain(Say(remedy.Actor, remedy.ActorZh)),
                Layout.Plain($"{Say(remedy.Action, remedy.ActionZh)} {remedy.Source}"));
        }
        return table;
    }

    private static Grid Procedures(Rulebook rulebook)
    {
        var table = new Grid(new(Say("Procedure", "事项"), Breaks: true), new(Say("Kind", "种类")), new(Say("Who and where", "办理人和地点"), Breaks: true), new(Say("Source", "出处"), Breaks: true));
        foreach (var procedure in rulebook.Procedures)
        {
            var place = Say(procedure.Place, procedure.PlaceZh);
            table.AddRow(
                Layout.Plain(Terms.OfProcedure(procedure).Name),
                Layout.Plain(Terms.Of(procedure.Kind).Name),
                Layout.Plain(Say(procedure.FiledBy, procedure.FiledByZh) + (place.Length == 0 ? "" : Say("; ", "；") + place)),
                Layout.Plain(procedure.Source));
        }
        return table;
    }
}
