using System.CommandLine;
using Google.Type;
using Permits.Verification.V1;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Recording;

/// <summary>Reads the fields of one event from the command line and remembers which options it took.</summary>
internal sealed class EventFields(string eventName, ParseResult parse)
{
    private readonly HashSet<Option> _taken = [];

    public string? Text(Option<string> option) => parse.Text(Take(option));

    public Date? Date(Option<string> option) => parse.Date(Take(option));

    public string Needed(Option<string> option) => Text(option) ?? throw Missing(option);

    public Date NeededDate(Option<string> option) => Date(option) ?? throw Missing(option);

    public int NeededPlace(Option<string> option) => parse.Place(Take(option)) ?? throw Missing(option);

    /// <summary>The document that an identity number is of; unspecified where none is named.</summary>
    /// <exception cref="UsageException">It is none, or its number is not given.</exception>
    public IdentityDocument Document(Option<string> option, Option<string> number)
    {
        var document = parse.Word<IdentityDocument>(Take(option));
        return document == IdentityDocument.Unspecified || parse.GetResult(number) is not null
            ? document
            : throw new UsageException(Say($"{option.Name} needs {number.Name}", $"{option.Name} 需要同时给出 {number.Name}"));
    }

    public T NeededWord<T>(Option<string> option)
        where T : struct, Enum
    {
        Needed(option);
        return parse.Word<T>(option);
    }

    /// <summary>Refuses the options that are given and that the event did not take.</summary>
    public void RefuseOthers(IEnumerable<Option<string>> all)
    {
        foreach (var option in all)
        {
            if (!_taken.Contains(option) && parse.GetResult(option) is not null)
                throw new UsageException(Say($"{eventName} takes no {option.Name}", $"{eventName} 不接受 {option.Name}"));
        }
    }

    private UsageException Missing(Option option) => new(Say($"{eventName} needs {option.Name}", $"{eventName} 需要 {option.Name}"));

    private Option<string> Take(Option<string> option)
    {
        _taken.Add(option);
        return option;
    }
}
