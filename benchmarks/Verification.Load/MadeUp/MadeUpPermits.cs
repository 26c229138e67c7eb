using System.Collections.Immutable;
using System.Globalization;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Load.MadeUp;

/// <summary>
/// Made-up permits, as many as wanted, the same for the same date: the n-th has the n-th number and the story n modulo
/// <see cref="Story.Count"/>. Nothing is kept of them.
/// </summary>
/// <param name="today">The date that the stories are told around.</param>
internal sealed class MadeUpPermits(DateOnly today)
{
    /// <summary>The characters of a number: all have the same length, so one can be written over another.</summary>
    public const int NumberLength = 12;

    /// <summary>The bytes of the key of identity digests, of every server measured.</summary>
    public static readonly ImmutableArray<byte> DigestKey = [.. Enumerable.Range(0, IdentityDigester.MinKeySize).Select(value => (byte)value)];

    private static readonly IdentityDigester Digester = new(DigestKey.AsSpan());

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private readonly ImmutableArray<Story> _stories = Story.All(today);

    /// <summary>The number of a permit.</summary>
    public static string NumberOf(int index) => string.Create(CultureInfo.InvariantCulture, $"BJ{index:D10}");

    /// <summary>A number that no permit has.</summary>
    public static string UnknownNumber(int index) => string.Create(CultureInfo.InvariantCulture, $"NO{index:D10}");

    /// <summary>The permit that a number names; null where it names none of so many.</summary>
    public static int? IndexOf(PermitNumber number, int count) =>
        number.ToString() is ['B', 'J', .. { Length: NumberLength - 2 } digits]
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count
            ? index
            : null;

    /// <summary>The identity number of a permit's holder.</summary>
    public static string HolderOf(int index)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"110105{index:D10}1");
        return digits + "10X98765432"[digits.Zip(Weights, (digit, weight) => (digit - '0') * weight).Sum() % 11];
    }

    /// <summary>A permit's story.</summary>
    public Story StoryOf(int index) => _stories[index % Story.Count];

    /// <summary>A permit as a registry file has it, one event a line.</summary>
    public void WriteLines(int index, TextWriter file)
    {
        var number = NumberOf(index);
        foreach (var line in StoryOf(index).Lines)
        {
            file.Write(line.Replace(Story.Number, number, StringComparison.Ordinal).Replace(Story.Holder, HolderOf(index), StringComparison.Ordinal));
        }
    }

    /// <summary>A permit as a registry holds it; its events have the revisions that an import of all permits in order gives them.</summary>
    public PermitHistory HistoryOf(int index)
    {
        var story = StoryOf(index);
        var number = PermitNumber.Parse(NumberOf(index));
        var holder = ResidentIdentityNumber.TryParse(HolderOf(index), out var parsed) ? parsed : throw new FormatException("A holder has no good number.");
        var revision = Story.EventsBefore(_stories, index);
        var events = story.Events.Select(happening => new RecordedEvent(
            ++revision,
            happening is Issued issued ? issued with { Holder = Digester.Digest(number, SubjectRole.Holder, holder) } : happening,
            DateTimeOffset.UnixEpoch,
            "made-up"));
        return new PermitHistory(number, [.. events]);
    }
}
