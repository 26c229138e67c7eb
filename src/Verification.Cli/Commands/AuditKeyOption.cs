using System.Collections.Immutable;
using System.CommandLine;
using Verification.Audit.Keys;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>The public keys that a log's heads may be signed with.</summary>
internal static class AuditKeyOption
{
    public static Option<string[]> Create() => new("--key")
    {
        Description = Say("A public key of the node, in PEM: every one that it has had. May be repeated.", "节点的公钥（PEM），须给出用过的每一个；可重复。"),
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Reads the keys.</summary>
    public static ImmutableArray<VerifyingKey> Keys(this ParseResult parse, Option<string[]> option)
    {
        try
        {
            return [.. (parse.GetValue(option) ?? []).Select(VerifyingKey.Read)];
        }
        catch (InvalidDataException cause)
        {
            throw new UsageException(cause.Message);
        }
    }
}
