namespace Verification.EndToEnd.Tests.Architecture;

/// <summary>That one type names another, by their names with namespaces.</summary>
internal readonly record struct TypeArrow(string From, string To);
