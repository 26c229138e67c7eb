using Spectre.Console;

namespace Verification.Cli.Output;

/// <summary>One text of a <see cref="Grid"/>, without control characters.</summary>
internal readonly record struct Cell(string Text, Style Style);
