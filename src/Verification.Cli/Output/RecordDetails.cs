using System.Globalization;
using Permits.Audit.V1;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Records for a person: all that each of them holds.</summary>
internal sealed class RecordDetails(IAnsiConsole console) : IRecordOutput
{
    private bool _any;

    /// <summary>A refusal, as in <c>refused: RATE_EXCEEDED (12 calls)</c>.</summary>
    public static string InWords(RecordedRefusal refusal) => refusal.Count == 1
        ? $"refused: {refusal.Reason}"
        : string.Create(CultureInfo.InvariantCulture, $"refused: {refusal.Reason} ({refusal.Count:N0} calls)");

    public void Add(AuditRecord record)
    {
        if (_any)
            console.WriteLine();
        _any = true;
        console.Write(Facts(record));
        if (record.Record.Answer is { Entitlements.Count: > 0 } answer)
        {
            console.WriteLine();
            console.Write(Decisions(answer));
        }
        console.WriteLine();
        ProvenanceView.Write(console, record.Record.Provenance);
        console.WriteNote(string.Create(
            CultureInfo.InvariantCulture, $"Log {record.LogId} · block {record.Block} · record {record.Index}"));
    }

    public void End()
    {
    }

    private static Grid Facts(AuditRecord found)
    {
        var record = found.Record;
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim("Check"), Layout.Bold(record.CheckId));
        facts.Fact("Time", record.Instant.ToText());
        facts.Fact("Call", Code<RecordedCall>.Name(record.Call).ToLowerInvariant());
        if (record.Consumer.Length > 0)
            facts.Fact("Consumer", $"{record.Consumer} ({Code<ConsumerClass>.Name(record.ConsumerClass).ToLowerInvariant()})");
        if (record.PermitNumber.Length > 0)
            facts.Fact("Permit", record.PermitNumber);
        AddQuestion(facts, found);
        if (record.Answer is { } answer)
            AddAnswer(facts, answer);
        if (record.Refusal is { } refusal)
            facts.Fact("Told", InWords(refusal));
        if (record.Note.Length > 0)
            facts.Fact("Note", record.Note);
        return facts;
    }

    private static void AddQuestion(Grid facts, AuditRecord found)
    {
        var record = found.Record;
        if (record.AsOf is { } asOf)
            facts.Fact("As of", asOf.ToText());
        if (record.Through is { } through)
            facts.Fact("Through", through.ToText());
        if (record.HasKnownAtRevision)
            facts.Fact("Known at", string.Create(CultureInfo.InvariantCulture, $"revision {record.KnownAtRevision}"));
        if (record.Role != SubjectRole.Unspecified)
            facts.Fact("Role", Code<SubjectRole>.Name(record.Role).ToLowerInvariant());
        if (record.IdentityDocument != IdentityDocument.Unspecified)
            facts.Fact("Identity", $"{Terms.Of(record.IdentityDocument).Name}, digest {found.IdentityDigest}");
        if (record.HasCardEdition)
            facts.Fact("Card shown", string.Create(CultureInfo.InvariantCulture, $"edition {record.CardEdition}"));
        if (record.Entitlements.Count > 0)
            facts.Fact("Asked for", string.Join(", ", record.Entitlements.Select(it => Terms.Of(it).Name)));
        if (record.Reference.Length > 0)
            facts.Fact("Reference", record.Reference);
    }

    private static void AddAnswer(Grid facts, RecordedAnswer answer)
    {
        facts.AddRow(Layout.Dim("Status"), Layout.Coloured(Terms.Of(answer.Status).Full, StatusColors.Of(answer.Status)));
        foreach (var (index, reason) in answer.Reasons.Index())
            facts.Fact(index == 0 ? "Reasons" : "", Terms.Of(reason).Full);
        if (answer.Throughout is { } throughout)
        {
            facts.Fact("Throughout", throughout.Valid
                ? "yes"
                : $"no: {throughout.FirstNotValidOn?.ToText()} is the first day not valid, {Terms.Of(throughout.Status).Name}");
        }
        if (answer.SubjectMatch is SubjectMatch.Matched or SubjectMatch.NotMatched)
            facts.Fact("Subject", Terms.Of(answer.SubjectMatch).Full);
        if (answer.CardMatch is not (CardMatch.Unspecified or CardMatch.NotChecked))
            facts.Fact("Card", Terms.Of(answer.CardMatch).Full);
    }

    private static Grid Decisions(RecordedAnswer answer)
    {
        var table = new Grid(new("Entitlement", Breaks: true), new("Decision"), new("Basis"));
        foreach (var decision in answer.Entitlements)
        {
            table.AddRow(
                Layout.Plain(Terms.Of(decision.Entitlement).Name),
                Layout.Coloured(Terms.Of(decision.Decision).Name, StatusColors.Of(decision.Decision)),
                Layout.Plain(Terms.Of(decision.Basis).Code));
        }
        return table;
    }
}
