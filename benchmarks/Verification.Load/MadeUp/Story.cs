using System.Collections.Immutable;
using System.Globalization;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Load.MadeUp;

/// <summary>What happened to a permit, as of a date; identities are left out.</summary>
/// <param name="Events">Its events in order, all admissible.</param>
internal sealed record Story(ImmutableArray<PermitEvent> Events)
{
    /// <summary>How many stories there are.</summary>
    public const int Count = 8;

    /// <summary>How many events a permit has, on average.</summary>
    public const int EventsAPermit = 4;

    /// <summary>What <see cref="Lines"/> have in the place of the permit's number.</summary>
    public const string Number = "(number)";

    /// <summary>What <see cref="Lines"/> have in the place of the holder's identity number.</summary>
    public const string Holder = "(holder)";

    private static readonly DateOnly ShortTerm = new(2024, 1, 1);

    /// <summary>Its events as lines of a registry file.</summary>
    public ImmutableArray<string> Lines { get; } = [.. Events.Select(LineOf)];

    /// <summary>
    /// Eight stories of four events on average: valid, frozen, renewed, endorsed, moved to another employer, cancelled, extended, with
    /// family. The last inspection whose freeze has come is the one of the year that they are told around.
    /// </summary>
    public static ImmutableArray<Story> All(DateOnly today)
    {
        var year = today >= new DateOnly(today.Year, 5, 1) ? today.Year : today.Year - 1;
        DateOnly Now(int month, int day) => new(year, month, day);
        DateOnly Ago(int years, int month, int day) => new(year - years, month, day);
        PermitEvent Work(DateOnly on) => new Issued(on, PermitKind.WorkResidencePermit, ShortTerm, Employer: "中关村软件有限公司");
        PermitEvent Seen(DateOnly on) => new Inspected(on, InspectionChannel.Online);

        return
        [
            new([Work(Ago(1, 6, 15)), new Reissued(Ago(1, 9, 1)), Seen(Now(4, 10)), new Reissued(Now(4, 20))]),
            new([Work(Ago(1, 6, 15)), new Reissued(Ago(1, 9, 1)), new Reissued(Ago(1, 10, 1))]),
            new([Work(Ago(2, 8, 1)), Seen(Ago(1, 4, 5)), new Reissued(Ago(1, 9, 1)), Seen(Now(4, 6)), new Renewed(Now(7, 10))]),
            new([new Issued(Ago(2, 3, 3), PermitKind.ResidencePermit), new Endorsed(Ago(1, 2, 20)), new Endorsed(Now(2, 21))]),
            new([Work(Ago(1, 6, 15)), Seen(Now(4, 10)), new EmploymentEnded(Now(4, 12), Now(4, 12)), new EmployerChanged(Now(4, 28), "海淀设计有限公司")]),
            new(
            [
                Work(Ago(1, 6, 15)), Seen(Now(4, 10)), new Retained(Now(4, 11), RetentionProcedure.Reissue), new Returned(Now(4, 20)),
                new Cancelled(Now(4, 25), Reason: null),
            ]),
            new([new Issued(Ago(1, 10, 10), PermitKind.ResidenceRegistrationCard), new Extended(Now(3, 15)), new Extended(Now(9, 20))]),
            new(
            [
                Work(Ago(2, 8, 1)), new Reissued(Ago(2, 9, 1)), Seen(Ago(1, 4, 5)), Seen(Now(4, 6)), new Reissued(Now(4, 20)),
            ]),
        ];
    }

    /// <summary>The events of all permits before one.</summary>
    public static long EventsBefore(ImmutableArray<Story> stories, int index) =>
        ((long)(index / Count) * Count * EventsAPermit) + stories.Take(index % Count).Sum(story => story.Events.Length);

    private static string LineOf(PermitEvent happening)
    {
        var holder = happening is Issued ? $",\"holder_id\":\"{Holder}\"" : string.Empty;
        var fields = EventPayload.Write(happening) is { Length: > 2 } payload ? "," + payload[1..^1] : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"permit\":\"{Number}\",\"event\":\"{EventTypes.Of(happening).Name}\",\"on\":\"{happening.On:yyyy-MM-dd}\"{holder}{fields}}}\n");
    }
}
