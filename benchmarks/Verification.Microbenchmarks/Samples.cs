using System.Collections.Immutable;
using System.Globalization;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Microbenchmarks;

/// <summary>What is measured: a working day, and permits of a work residence permit's usual story.</summary>
internal static class Samples
{
    /// <summary>How many permits there are.</summary>
    public const int Count = 1_000;

    /// <summary>The identity number of every holder; made up.</summary>
    public const string Holder = "110105199003072338";

    /// <summary>The day on which everything is asked.</summary>
    public static readonly DateOnly Today = new(2026, 3, 2);

    /// <summary>Noon of that day in Beijing.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    /// <summary>The key of digests and seals.</summary>
    public static readonly ImmutableArray<byte> Key = [.. Enumerable.Range(0, IdentityDigester.MinKeySize).Select(value => (byte)value)];

    /// <summary>Makes the digests of holders.</summary>
    public static readonly IdentityDigester Digester = new(Key.AsSpan());

    /// <summary>The rulebook in use on the day.</summary>
    public static readonly Rulebook Rulebook = RulebookLibrary.Embedded.On(Today);

    /// <summary>The first permit's number.</summary>
    public static readonly PermitNumber Number = PermitNumber.Parse(TextOf(0));

    /// <summary>A number that no permit has.</summary>
    public static readonly PermitNumber Unknown = PermitNumber.Parse("NO0000000001");

    /// <summary>A permit's number as it is written.</summary>
    public static string TextOf(int index) => string.Create(CultureInfo.InvariantCulture, $"BJ{index:D10}");

    /// <summary>The holder's identity number, read.</summary>
    public static ResidentIdentityNumber Identity { get; } =
        ResidentIdentityNumber.TryParse(Holder, out var number) ? number : throw new FormatException("The holder has no good number.");

    /// <summary>A permit of four events: issued, reissued, inspected, reissued.</summary>
    public static PermitHistory History(int index) => HistoryOf(
        index, new Reissued(new(2024, 9, 1)), new Inspected(new(2025, 4, 10), InspectionChannel.Online), new Reissued(new(2025, 4, 20)));

    /// <summary>The first permit after a long life: forty events.</summary>
    public static PermitHistory LongHistory() =>
        HistoryOf(0, [.. Enumerable.Range(0, 39).Select(day => new Reissued(new DateOnly(2024, 7, 1).AddDays(7 * day)))]);

    private static PermitHistory HistoryOf(int index, params PermitEvent[] later)
    {
        var number = PermitNumber.Parse(TextOf(index));
        PermitEvent issued = new Issued(
            new(2024, 6, 15), PermitKind.WorkResidencePermit, new(2024, 1, 1), Digester.Digest(number, SubjectRole.Holder, Identity), "中关村软件有限公司");
        var revision = 4L * index;
        return new PermitHistory(number, [.. later.Prepend(issued).Select(happening => new RecordedEvent(++revision, happening, Noon.AddDays(-30), "measured"))]);
    }
}
