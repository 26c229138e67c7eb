namespace Verification.Client;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">The field's name in the contract, as in <c>subject.identity_number</c>.</param>
/// <param name="Description">What is wrong with it, for a person.</param>
/// <param name="Reason">The stable reason, as in <c>MALFORMED_IDENTITY_NUMBER</c>; empty when the service gave none.</param>
/// <param name="LocalizedDescription">The description in the language that was asked for; empty where there is none.</param>
public sealed record FieldViolation(string Field, string Description, string Reason = "", string LocalizedDescription = "");
