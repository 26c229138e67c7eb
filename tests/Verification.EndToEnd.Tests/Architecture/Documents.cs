using System.Collections.Immutable;
using System.Xml.Linq;

namespace Verification.EndToEnd.Tests.Architecture;

/// <summary>Which types of an assembly name which others in their comments, as the compiler resolved them.</summary>
internal static class Documents
{
    private static readonly char[] EndOfName = ['(', '`', '#'];

    /// <summary>Reads an assembly's documentation.</summary>
    /// <param name="path">The file that the compiler wrote.</param>
    /// <param name="types">The names of the assembly's types, with namespaces.</param>
    public static ImmutableArray<TypeArrow> Read(string path, IReadOnlySet<string> types) =>
    [
        .. from member in XDocument.Load(path).Descendants("member")
           from reference in member.Descendants().Attributes("cref")
           let @from = TypeOf(member.Attribute("name")!.Value, types)
           let to = TypeOf(reference.Value, types)
           where @from is not null && to is not null && @from != to
           select new TypeArrow(@from, to),
    ];

    /// <summary>The type that a name as in <c>M:Room.Type.Member(Room.Other)</c> stands for; null when it is none of these.</summary>
    private static string? TypeOf(string name, IReadOnlySet<string> types)
    {
        var end = name.IndexOfAny(EndOfName);
        var rest = name[2..(end < 0 ? name.Length : end)];
        while (!types.Contains(rest))
        {
            var dot = rest.LastIndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            rest = rest[..dot];
        }

        return rest;
    }
}
