using System.Collections.Immutable;
using System.Text.Json;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
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
                    Inspection: Inspection(parameters, "work_residence_permit"),
                    TransferTime: parameters.Months("work_residence_permit.transfer_time"),
                    DeferralLimit: parameters.Months("work_residence_permit.deferral_limit")),
                ResidencePermit = new ResidencePermitRules(
                    EndorsementPeriod: parameters.Months("residence_permit.endorsement_period"),
                    EndorsementOpens: parameters.Months("residence_permit.endorsement_opens")),
                RegistrationCard = new RegistrationCardRules(
                    Term: parameters.Months("residence_registration_card.term"),
                    ExtensionOpens: parameters.Months("residence_registration_card.extension_opens"),
                    ExtensionCloses: parameters.Months("residence_registration_card.extension_closes")),
                EmployerRegistration = parameters.Has("employer_registration.inspection_opens")
                    ? new EmployerRegistrationRules(Inspection(parameters, "employer_registration"))
                    : null,
                HiddenReasons = file.HiddenReasons.Reasons.Aggregate(StatusReasons.None, (all, reason) => all | Code<StatusReasons>(reason)),
                Scopes = Scopes(file),
                Entitlements = RulebookTables.Read(file.EntitlementTables),
                Remedies = [.. file.Remedies.Select(Remedy)],
                Procedures = [.. (file.Procedures ?? []).Select(Procedure)],
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

    /// <summary>Reads a code, as in <c>NOT_CONFERRED</c>.</summary>
    public static TEnum Code<TEnum>(string name)
        where TEnum : struct, Enum =>
        CodeNames.TryParse<TEnum>(name, out var value) ? value : throw new FormatException($"'{name}' is no {typeof(TEnum).Name}.");

    private static AnnualInspectionRules Inspection(RulebookParameters parameters, string kind) => new(
        Opens: parameters.Day($"{kind}.inspection_opens"),
        Closes: parameters.Day($"{kind}.inspection_closes"),
        Applies: parameters.Applies($"{kind}.inspection_applies"));

    private static ImmutableArray<ConsumerScope> Scopes(RulebookFile file) =>
        file.ConsumerClasses.Select(entry => Code<ConsumerClass>(entry.Class)).SequenceEqual(Enum.GetValues<ConsumerClass>())
            ? [.. file.ConsumerClasses.Select(entry => new ConsumerScope(
                entry.Entitlements.Select(Code<Entitlement>),
                entry.SeesHiddenReasons ? StandingView.Authority : StandingView.Restricted,
                entry.Source,
                seesAll: entry.Entitlements.Count == file.EntitlementTables[0].Rows.Count))]
            : throw new FormatException("The consumer classes have one entry for every class, in order.");

    private static Remedy Remedy(RulebookFile.RemedyEntry remedy) => new(
        Code<StatusReasons>(remedy.Reason),
        Kind(remedy.Kind),
        remedy.Actor,
        remedy.ActorZh,
        remedy.Action,
        remedy.ActionZh,
        remedy.Source);

    private static PermitKind Kind(string? name) =>
        name is null ? PermitKind.None : Word<PermitKind>(name);

    private static Procedure Procedure(RulebookFile.ProcedureEntry procedure) => new(
        procedure.Code,
        procedure.NameZh,
        Kind(procedure.Kind),
        EventTypes.Find(procedure.Event ?? string.Empty)?.Name
            ?? (procedure.Event is null ? null : throw new FormatException($"'{procedure.Event}' is no event.")),
        procedure.Channel is { } channel ? Word<InspectionChannel>(channel) : null,
        procedure.ForNewPermit,
        procedure.FiledBy,
        procedure.FiledByZh,
        procedure.Place,
        procedure.PlaceZh,
        [.. procedure.Materials.Select(material => new Material(material.En, material.Zh))],
        procedure.Source);

    private static TEnum Word<TEnum>(string word)
        where TEnum : struct, Enum =>
        CodeNames.TryParseWord<TEnum>(word, out var value) ? value : throw new FormatException($"'{word}' is no {typeof(TEnum).Name}.");
}
