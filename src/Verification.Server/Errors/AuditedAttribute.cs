using Verification.Audit.Records;

namespace Verification.Server.Errors;

/// <summary>Marks a call with what records of it are of; a call without one is <see cref="AuditCall.Other"/>.</summary>
/// <param name="call">What it is.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AuditedAttribute(AuditCall call) : Attribute
{
    /// <summary>What it is.</summary>
    public AuditCall Call => call;
}
