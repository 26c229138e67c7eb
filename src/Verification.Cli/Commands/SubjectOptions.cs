using System.CommandLine;
using Permits.Verification.V1;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>The options that say who wants to benefit from a permit.</summary>
internal sealed class SubjectOptions
{
    private readonly Option<string> _role = new("--role")
    {
        Description = "Who wants to benefit: holder, spouse, child or parent. Default: holder.",
        HelpName = "ROLE",
    };
    private readonly Option<string> _id = new IdentityOption("--id", "Their identity number, to be compared with the permit's. Never printed.");
    private readonly Option<string> _document = new("--document")
    {
        Description = $"The document that --id is of: {string.Join(", ", Code<IdentityDocument>.Words)}. Default: resident_identity_card.",
        HelpName = "DOCUMENT",
    };

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
            throw new UsageException($"{_document.Name} needs {_id.Name}");
        return role == SubjectRole.Unspecified && id is null
            ? null
            : new Subject { Role = role, IdentityNumber = id ?? "", Document = document };
    }
}
