namespace Verification.Cli.Shell;

/// <summary>The answer could not be written to the standard output. What was asked for may have been done.</summary>
internal sealed class OutputLostException(string cause) : Exception(Say($"the answer could not be written to the standard output: {cause}", $"无法把答复写到标准输出：{cause}"));
