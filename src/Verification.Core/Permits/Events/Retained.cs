namespace Verification.Core.Permits.Events;

/// <summary>The bureau retained the card 留置.</summary>
/// <param name="On">The date on which it takes effect.</param>
/// <param name="Procedure">For which procedure.</param>
public sealed record Retained(DateOnly On, RetentionProcedure Procedure) : PermitEvent(On);
