namespace Verification.Core.Permits;

/// <summary>The way an annual inspection 年检 is made (policy §3).</summary>
public enum InspectionChannel : byte
{
    /// <summary>Self-service in April, approved automatically.</summary>
    Online = 1,

    /// <summary>Written application at the district bureau.</summary>
    Window = 2,
}
