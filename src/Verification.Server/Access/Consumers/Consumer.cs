using Verification.Core.Rules.Codes;
using Verification.Server.Limits;

namespace Verification.Server.Access.Consumers;

/// <summary>A third party that may ask. Immutable but for its budget, which it shares with every later version of itself.</summary>
/// <param name="Name">Its name: lower-case letters, digits and hyphens. Events are recorded under it.</param>
/// <param name="Class">Its class, which decides what it may see.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Budget">How much of that it may still do.</param>
/// <param name="MustIdentify">Whether it must bring an identity number with every check.</param>
internal sealed record Consumer(string Name, ConsumerClass Class, ConsumerRoles Roles, Budget Budget, bool MustIdentify = false);
