using Verification.Core.Rules.Codes;
using Verification.Server.Limits;

namespace Verification.Server.Access.Consumers;

/// <summary>A third party that may ask. Immutable but for its meter, which it shares with every later version of itself.</summary>
/// <param name="Name">Its name: lower-case letters, digits and hyphens. Events are recorded under it.</param>
/// <param name="Class">Its class, which decides what it may see.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Limits">How much it may do.</param>
/// <param name="Meter">How much of that it has used.</param>
internal sealed record Consumer(
    string Name, ConsumerClass Class, ConsumerRoles Roles, ConsumerLimits Limits, ConsumerMeter Meter);
