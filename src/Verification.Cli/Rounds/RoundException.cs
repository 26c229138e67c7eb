namespace Verification.Cli.Rounds;

/// <summary>The round cannot go on as it is, however often it is tried. The message holds nothing of the input.</summary>
internal sealed class RoundException(string message) : Exception(message);
