using System.Collections.Immutable;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>The field names of a file that no event has, at most <see cref="MaxNames"/> of them: those that came first.</summary>
internal sealed class UnknownFields
{
    /// <summary>The most names that are kept.</summary>
    public const int MaxNames = 100;

    /// <summary>The most characters that are kept of a name.</summary>
    public const int MaxNameLength = 64;

    private readonly Dictionary<string, (long Lines, long FirstLine, long LastLine)> _fields = new(StringComparer.Ordinal);

    /// <summary>Notes a name that a line has, once or several times.</summary>
    public void Note(string name, long line)
    {
        var kept = name.Length <= MaxNameLength ? name : Beginning(name);
        if (_fields.TryGetValue(kept, out var seen))
        {
            _fields[kept] = seen.LastLine == line ? seen : (seen.Lines + 1, seen.FirstLine, line);
        }
        else if (_fields.Count < MaxNames)
        {
            _fields.Add(kept, (1, line, line));
        }
    }

    /// <summary>Cut where no character is cut in two.</summary>
    private static string Beginning(string name) => name[..(char.IsHighSurrogate(name[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)];

    /// <summary>What was noted so far, in order of first line.</summary>
    public ImmutableArray<UnknownField> ToImmutable() =>
        [.. _fields.Select(field => new UnknownField(field.Key, field.Value.Lines, field.Value.FirstLine)).OrderBy(field => field.FirstLine)];
}
