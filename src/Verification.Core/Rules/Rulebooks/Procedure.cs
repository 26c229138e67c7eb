using System.Collections.Immutable;
using Verification.Core.Permits;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>Something that may be filed for a permit (policy §11): by whom, where and with what.</summary>
/// <param name="Code">Its name, as in <c>EMPLOYER_CHANGE</c>.</param>
/// <param name="NameChinese">Its official name, as in 聘用单位变更.</param>
/// <param name="Kind">The kind of permit.</param>
/// <param name="Event">The name of the event that records it, as in <c>employer_changed</c>; null where it changes nothing that a verdict rests on.</param>
/// <param name="Channel">The way of an inspection; null for every other event.</param>
/// <param name="ForNewPermit">Whether it asks for a permit of another number, as none is in force here.</param>
/// <param name="FiledBy">Who files it.</param>
/// <param name="FiledByChinese">Who files it, in Chinese.</param>
/// <param name="Place">Where; empty where the source does not say.</param>
/// <param name="PlaceChinese">Where, in Chinese.</param>
/// <param name="Materials">What it takes; nothing where it needs none.</param>
/// <param name="Source">The source it rests on.</param>
public sealed record Procedure(
    string Code,
    string NameChinese,
    PermitKind Kind,
    string? Event,
    InspectionChannel? Channel,
    bool ForNewPermit,
    string FiledBy,
    string FiledByChinese,
    string Place,
    string PlaceChinese,
    ImmutableArray<Material> Materials,
    string Source);
