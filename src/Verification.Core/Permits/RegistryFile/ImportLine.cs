using Verification.Core.Permits.Events;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>A line of a registry file: an event to judge, or already rejected for its form.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Permit">The permit; the default value where rejected.</param>
/// <param name="Event">What happened; null where rejected.</param>
/// <param name="Rejection">Why the line is rejected; null where it has an event.</param>
/// <param name="Occurrence">Which of the file's lines that say the same it is, from 1.</param>
public readonly record struct ImportLine(
    long Line, PermitNumber Permit, PermitEvent? Event, Rejection? Rejection, int Occurrence = 1);
