namespace Verification.Core.Rules.Rulebooks;

/// <summary>A paper that a procedure takes.</summary>
/// <param name="Text">What it is.</param>
/// <param name="TextChinese">What it is, in Chinese.</param>
public sealed record Material(string Text, string TextChinese);
