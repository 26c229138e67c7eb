namespace Verification.Server.Errors;

/// <summary>A message holds more than any of its type has; it was not parsed.</summary>
internal sealed class OverfullMessageException() : Exception("The message repeats its fields beyond what its type has.");
