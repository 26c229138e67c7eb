namespace Verification.Core.Rules.Rulebooks;

/// <summary>The parameters of policy §6a, employer registration 申报单位注册.</summary>
/// <param name="Inspection">The employer's annual inspection 单位年检.</param>
public sealed record EmployerRegistrationRules(AnnualInspectionRules Inspection);
