namespace Verification.Cli.Output;

/// <summary>A column of a <see cref="Grid"/>.</summary>
/// <param name="Header">What stands above it; empty where nothing does.</param>
/// <param name="Breaks">Whether its texts may go on in a next line where the terminal is narrow.</param>
/// <param name="IsNumber">Whether its texts end, and do not begin, under each other.</param>
internal readonly record struct Column(string Header, bool Breaks = false, bool IsNumber = false);
