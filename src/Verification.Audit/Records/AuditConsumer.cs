using Verification.Core.Rules.Codes;

namespace Verification.Audit.Records;

/// <summary>Who asked.</summary>
/// <param name="Name">The consumer's name, at most <see cref="MaxNameLength"/> characters.</param>
/// <param name="Class">Its class, which decided what it saw.</param>
public readonly record struct AuditConsumer(string Name, ConsumerClass Class)
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxNameLength = 128;
}
