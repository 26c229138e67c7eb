using System.Text.Json.Serialization;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>A rulebook as it stands in its file. An unknown or missing property is an error.</summary>
internal sealed record RulebookFile
{
    public required string Version { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    public required IReadOnlyList<ParameterEntry> Parameters { get; init; }

    public required HiddenReasonsEntry HiddenReasons { get; init; }

    public required IReadOnlyList<ConsumerClassEntry> ConsumerClasses { get; init; }

    public required IReadOnlyList<EntitlementTableEntry> EntitlementTables { get; init; }

    public required IReadOnlyList<RemedyEntry> Remedies { get; init; }

    public IReadOnlyList<ProcedureEntry>? Procedures { get; init; }

    internal sealed record ParameterEntry
    {
        public required string Name { get; init; }

        public required string Description { get; init; }

        public required string AppliesBy { get; init; }

        public required IReadOnlyList<ValueEntry> Values { get; init; }
    }

    internal sealed record ValueEntry
    {
        public DateOnly From { get; init; }

        public int? Months { get; init; }

        public string? Day { get; init; }

        public bool? Allowed { get; init; }

        public required string Source { get; init; }
    }

    internal sealed record HiddenReasonsEntry
    {
        public required IReadOnlyList<string> Reasons { get; init; }

        public required string Source { get; init; }
    }

    internal sealed record ConsumerClassEntry
    {
        public required string Class { get; init; }

        public required IReadOnlyList<string> Entitlements { get; init; }

        public required bool SeesHiddenReasons { get; init; }

        public required string Source { get; init; }
    }

    internal sealed record EntitlementTableEntry
    {
        public DateOnly From { get; init; }

        public required IReadOnlyList<EntitlementRowEntry> Rows { get; init; }

        /// <summary>As in the table before where it is absent.</summary>
        public HolderOnlyEntry? HolderOnly { get; init; }
    }

    internal sealed record EntitlementRowEntry
    {
        public required string Entitlement { get; init; }

        public required string WorkResidencePermit { get; init; }

        public required string ResidencePermit { get; init; }

        public required string ResidenceRegistrationCard { get; init; }

        public required string TemporaryResidencePermit { get; init; }

        /// <summary>Absent in rulebooks that know no employer registrations.</summary>
        public string? EmployerRegistration { get; init; }

        public required string Source { get; init; }
    }

    internal sealed record HolderOnlyEntry
    {
        public required IReadOnlyDictionary<string, IReadOnlyList<string>> Exempt { get; init; }

        /// <summary>What is decided for the accompanying family otherwise than for the holder.</summary>
        public IReadOnlyList<FamilyEntry>? Family { get; init; }

        public required string Source { get; init; }
    }

    internal sealed record FamilyEntry
    {
        public required IReadOnlyList<string> Roles { get; init; }

        public required string Kind { get; init; }

        public required string Entitlement { get; init; }

        public required string Decision { get; init; }

        public required string Source { get; init; }
    }

    internal sealed record ProcedureEntry
    {
        public required string Code { get; init; }

        public required string NameZh { get; init; }

        public required string Kind { get; init; }

        public string? Event { get; init; }

        public string? Channel { get; init; }

        public bool ForNewPermit { get; init; }

        public required string FiledBy { get; init; }

        public required string FiledByZh { get; init; }

        public required string Place { get; init; }

        public required string PlaceZh { get; init; }

        public required IReadOnlyList<MaterialEntry> Materials { get; init; }

        public required string Source { get; init; }
    }

    internal sealed record MaterialEntry
    {
        public required string En { get; init; }

        public required string Zh { get; init; }
    }

    internal sealed record RemedyEntry
    {
        public required string Reason { get; init; }

        public string? Kind { get; init; }

        public required string Actor { get; init; }

        public required string ActorZh { get; init; }

        public required string Action { get; init; }

        public required string ActionZh { get; init; }

        public required string Source { get; init; }
    }
}

/// <summary>How a rulebook file is read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RulebookFile))]
internal sealed partial class RulebookFileContext : JsonSerializerContext;
