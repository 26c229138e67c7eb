namespace Verification.Audit.Storing;

/// <summary>The audit database cannot tell: it cannot be reached, or it is damaged.</summary>
/// <param name="message">What happened.</param>
/// <param name="cause">What is behind it.</param>
public sealed class AuditDatabaseException(string message, Exception? cause = null) : Exception(message, cause);
