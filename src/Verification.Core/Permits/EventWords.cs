namespace Verification.Core.Permits;

/// <summary>The words for values in a registry file (policy §7).</summary>
public static class EventWords
{
    private static readonly Dictionary<string, InspectionChannel> Channels = Words<InspectionChannel>();
    private static readonly Dictionary<string, RetentionProcedure> Procedures = Words<RetentionProcedure>();
    private static readonly Dictionary<string, SubjectRole> Relations =
        Words<SubjectRole>().Where(word => word.Value != SubjectRole.Holder).ToDictionary();

    /// <summary>Reads <c>online</c> or <c>window</c>.</summary>
    public static bool TryParse(string word, out InspectionChannel channel) => Channels.TryGetValue(word, out channel);

    /// <summary>Reads a procedure, as in <c>employer_change</c>.</summary>
    public static bool TryParse(string word, out RetentionProcedure procedure) => Procedures.TryGetValue(word, out procedure);

    /// <summary>Reads a relation of accompanying family: <c>spouse</c>, <c>child</c> or <c>parent</c>.</summary>
    public static bool TryParse(string word, out SubjectRole relation) => Relations.TryGetValue(word, out relation);

    /// <summary>The word for a value.</summary>
    public static string WordFor<TEnum>(TEnum value)
        where TEnum : struct, Enum => CodeNames.NameOf(value).ToLowerInvariant();

    private static Dictionary<string, TEnum> Words<TEnum>()
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().ToDictionary(WordFor);
}
