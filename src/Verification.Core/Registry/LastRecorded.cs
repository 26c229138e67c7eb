namespace Verification.Core.Registry;

/// <summary>When a registry last recorded something.</summary>
/// <param name="At">When its newest event was recorded.</param>
/// <param name="ClockFloor">
/// No clock that is right shows an earlier time: <paramref name="At"/>, or when an operator confirmed the clock, where nothing was
/// recorded since.
/// </param>
public readonly record struct LastRecorded(DateTimeOffset At, DateTimeOffset ClockFloor);
