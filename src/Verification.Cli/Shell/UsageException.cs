namespace Verification.Cli.Shell;

/// <summary>The command line is wrong. The message never holds a value from it: the value may be an identity number.</summary>
internal sealed class UsageException(string message) : Exception(message);
