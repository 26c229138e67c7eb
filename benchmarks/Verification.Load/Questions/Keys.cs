namespace Verification.Load.Questions;

/// <summary>The API keys of the consumers in <c>consumers.json</c>.</summary>
internal static class Keys
{
    /// <summary>A school's.</summary>
    public const string School = "pv_load_school";

    /// <summary>The vehicle lottery's.</summary>
    public const string Vehicle = "pv_load_vehicle";

    /// <summary>The issuing authority's, which may register and operate too.</summary>
    public const string Authority = "pv_load_authority";
}
