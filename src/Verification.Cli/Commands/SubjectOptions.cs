using System.CommandLine;
using Permits.Verification.V1;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>The options that say who wants to benefit from a permit.</summary>
internal sealed class SubjectOptions
{
    private readonly Option<string> _role = new Option<string>("--role")
    {
        Description = Say("Who wants to benefit: holder, spouse, child or parent. Default: holder.", "受益人身份：holder 持证人、spouse 随往配偶、child 随往子女、parent 随往父母。默认 holder。"),
        HelpName = "ROLE",
    }.Offering(Code<SubjectRole>.Words);
    private readonly Option<string> _id = new IdentityOption("--id", Say("Their identity number, to be compared with the permit's. Never printed.", "其身份证件号码，用于与证件核对；不会显示。"));
    private readonly Option<string> _document = new Option<string>("--document")
    {
        Description = Say($"The document that --id is of: {string.Join(", ", Code<IdentityDocument>.Words)}. Default: resident_identity_card.", $"--id 所属的身份证件：{string.Join(", ", Code<IdentityDocument>.Words)}。默认 resident_identity_card 居民身份证。"),
        HelpName = "DOCUMENT",
    }.Offering(Code<IdentityDocument>.Words);

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [_role, _id, _document];

    public void AddTo(Command command)
    {
        command.Add(_role);
        command.Add(_id);
        command.Add(_document);
    }

    /// <summary>Who it is; null where the command line is silent.</summary>
    /// <exception cref="UsageException">A value is wrong, or a document is named whose number is not given.</exception>
    public Subject? Read(ParseResult parse)
    {
        var (role, id, document) = (parse.Word<SubjectRole>(_role), parse.Text(_id), parse.Word<IdentityDocument>(_document));
        if (document != IdentityDocument.Unspecified && id is null)
            throw new UsageException(Say($"{_document.Name} needs {_id.Name}", $"{_document.Name} 需要同时给出 {_id.Name}"));
        return role == SubjectRole.Unspecified && id is null
            ? null
            : new Subject { Role = role, IdentityNumber = id ?? "", Document = document };
    }
}
