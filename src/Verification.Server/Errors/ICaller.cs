using Verification.Audit.Records;

namespace Verification.Server.Errors;

/// <summary>The user of a request, where somebody was let in.</summary>
internal interface ICaller
{
    /// <summary>Under which name and class what becomes of the request is recorded.</summary>
    AuditConsumer Recorded { get; }
}
