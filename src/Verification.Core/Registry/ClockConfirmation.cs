namespace Verification.Core.Registry;

/// <summary>That an operator has checked the clock: when events up to a revision were recorded says nothing of it any more.</summary>
/// <param name="Revision">The registry's revision then.</param>
/// <param name="At">The time then, by the registry's clock.</param>
public readonly record struct ClockConfirmation(long Revision, DateTimeOffset At);
