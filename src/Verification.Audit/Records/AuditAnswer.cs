using Verification.Core.Rules.Codes;

namespace Verification.Audit.Records;

/// <summary>What was told of a permit on a date, beside the decisions.</summary>
/// <param name="Standing">Status and reasons, as the asker saw them.</param>
/// <param name="SubjectMatch">Whether the identity number is on the permit.</param>
/// <param name="CardMatch">Whether the card shown is the current one.</param>
/// <param name="FirstNotValid">
/// Where it was asked whether the permit is valid throughout: the first day on which it is not, and its status then; null where it is, and
/// where that was not asked.
/// </param>
public readonly record struct AuditAnswer(
    Standing Standing, SubjectMatch SubjectMatch, CardMatch CardMatch, (DateOnly On, PermitStatus Status)? FirstNotValid);
