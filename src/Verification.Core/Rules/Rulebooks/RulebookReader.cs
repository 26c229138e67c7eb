using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Entitlements;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>Reads a rulebook file, strictly: what it lacks, repeats or has too much is an error that names it.</summary>
internal static class RulebookReader
{
    public static Rulebook Read(Stream json, string name)
    {
        try
        {
            var file = JsonSerializer.Deserialize(json, RulebookFileContext.Default.RulebookFile)!;
            var parameters = new RulebookParameters(file.Parameters);
            var rulebook = new Rulebook
            {
                Version = file.Version,
                EffectiveFrom = file.EffectiveFrom,
                WorkResidencePermit = new WorkResidencePermitRules(
                    Term: parameters.Months("work_residence_permit.term"),
                    RenewalOpens: parameters.Months("work_residence_permit.renewal_opens"),
                    RenewalCloses: parameters.Months("work_residence_permit.renewal_closes"),
                    RenewableWhileFrozen: parameters.Allowed("work_residence_permit.renewable_while_frozen"),
                    InspectionOpens: parameters.Day("work_residence_permit.inspection_opens"),
                    InspectionCloses: parameters.Day("work_residence_permit.inspection_closes"),
                    TransferTime: parameters.Months("work_residence_permit.transfer_time"),
                    DeferralLimit: parameters.Months("work_residence_permit.deferral_limit")),
                ResidencePermit = new ResidencePermitRules(
                    EndorsementPeriod: parameters.Months("residence_permit.endorsement_period"),
                    EndorsementOpens: parameters.Months("residence_permit.endorsement_opens")),
                RegistrationCard = new RegistrationCardRules(
                    Term: parameters.Months("residence_registration_card.term"),
                    ExtensionOpens: parameters.Months("residence_registration_card.extension_opens"),
                    ExtensionCloses: parameters.Months("residence_registration_card.extension_closes")),
                HiddenReasons = file.HiddenReasons.Reasons.Aggregate(StatusReasons.None, (all, reason) => all | Code<StatusReasons>(reason)),
                Scopes = Scopes(file.ConsumerClasses),
                Entitlements = new Dated<EntitlementTable>(file.EntitlementTables.Select(table => (table.From, Table(table)))),
                Remedies = [.. file.Remedies.Select(Remedy)],
                Parameters = parameters.All,
            };
            parameters.EnsureAllRead();
            return rulebook;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"Rulebook {name}: {exception.Message}", exception);
        }
    }

    private static ImmutableArray<ConsumerScope> Scopes(IReadOnlyList<RulebookFile.ConsumerClassEntry> classes) =>
        classes.Select(entry => Code<ConsumerClass>(entry.Class)).SequenceEqual(Enum.GetValues<ConsumerClass>())
            ? [.. classes.Select(entry => new ConsumerScope(
                entry.Entitlements.Select(Code<Entitlement>),
                entry.SeesHiddenReasons ? StandingView.Authority : StandingView.Restricted,
                entry.Source))]
            : throw new FormatException("The consumer classes have one entry for every class, in order.");

    private static EntitlementTable Table(RulebookFile.EntitlementTableEntry table)
    {
        var expected = Enum.GetValues<Entitlement>();
        if (!table.Rows.Select(row => Code<Entitlement>(row.Entitlement)).SequenceEqual(expected))
        {
            throw new FormatException("An entitlement table has one row for every entitlement, in order.");
        }

        var columns = new Dictionary<PermitKind, Func<RulebookFile.EntitlementRowEntry, string>>
        {
            [PermitKind.WorkResidencePermit] = row => row.WorkResidencePermit,
            [PermitKind.ResidencePermit] = row => row.ResidencePermit,
            [PermitKind.ResidenceRegistrationCard] = row => row.ResidenceRegistrationCard,
            [PermitKind.TemporaryResidencePermit] = row => row.TemporaryResidencePermit,
        };
        return new EntitlementTable(
            columns.ToDictionary(
                column => column.Key,
                column => table.Rows.Select(row => Cell(Code<Entitlement>(row.Entitlement), column.Value(row))).ToImmutableArray()),
            [.. table.Rows.Select(row => row.Source)],
            table.HolderOnly.Exempt
                .SelectMany(role => role.Value.Select(entitlement => (Code<SubjectRole>(role.Key), Code<Entitlement>(entitlement))))
                .ToHashSet());
    }

    private static EntitlementDecision Cell(Entitlement entitlement, string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2
            ? new EntitlementDecision(entitlement, Code<Decision>(parts[0]), Code<Basis>(parts[1]))
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no decision with its basis."));
    }

    private static Remedy Remedy(RulebookFile.RemedyEntry remedy) => new(
        Code<StatusReasons>(remedy.Reason),
        Kind(remedy.Kind),
        remedy.Actor,
        remedy.ActorZh,
        remedy.Action,
        remedy.ActionZh,
        remedy.Source);

    private static PermitKind Kind(string? name) =>
        CodeNames.TryParseWord<PermitKind>(name, out var kind) || name is null
            ? kind
            : throw new FormatException($"'{name}' is no kind of permit.");

    private static TEnum Code<TEnum>(string name)
        where TEnum : struct, Enum =>
        CodeNames.TryParse<TEnum>(name, out var value) ? value : throw new FormatException($"'{name}' is no {typeof(TEnum).Name}.");
}
