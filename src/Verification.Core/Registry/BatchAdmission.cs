using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Registry;

/// <summary>
/// Decides a batch of an import line by line: what one line changes is known to the next. Stores use it inside the transaction that
/// read the histories. A line that says what the permit's events say already, as often as the file has said it by then, is passed
/// over (policy §7): so a file may be sent again. So is one whose event is annulled since: an import never brings it back (§7a).
/// </summary>
public sealed class BatchAdmission
{
    private readonly Dictionary<PermitNumber, Permit> _permits = [];
    private readonly Rulebook _rulebook;

    private readonly List<(PermitStatement Statement, int Sequence)> _admitted = [];
    private readonly List<RejectedLine> _rejected = [];
    private readonly List<long> _alreadyRecorded = [];

    /// <summary>A batch judged by a rulebook, on permits whose present events are these.</summary>
    /// <exception cref="FormatException">A history does not begin with its issue: it is damaged.</exception>
    public BatchAdmission(Rulebook rulebook, IEnumerable<PermitStatement> present)
    {
        _rulebook = rulebook;
        foreach (var statement in present)
        {
            var permit = PermitOf(statement.Permit);
            permit.Admission.Replay(statement.Event);
            permit.Held.Add(statement);
        }
    }

    /// <summary>The events to load, each with its sequence in its permit's history.</summary>
    public IReadOnlyList<(PermitStatement Statement, int Sequence)> Admitted => _admitted;

    /// <summary>The lines not to load, in order.</summary>
    public ImmutableArray<RejectedLine> Rejected => [.. _rejected];

    /// <summary>The numbers of the lines that are neither to load nor rejected, in order: the registry holds their like.</summary>
    public IReadOnlyList<long> AlreadyRecorded => _alreadyRecorded;

    /// <summary>How many of those lines the permit no longer says: what they say was annulled since, and not recorded anew.</summary>
    public int AlreadyAnnulled { get; private set; }

    /// <summary>Decides the next line.</summary>
    public void Add(ImportLine line)
    {
        if (line.Statement is not { } statement)
        {
            _rejected.Add(new RejectedLine(line.Line, line.Rejection!));
            return;
        }

        var permit = PermitOf(statement.Permit);
        var (held, effective) = permit.CountLikes(statement);
        if (held >= line.Occurrence)
        {
            // One that was annulled and recorded anew is there.
            _alreadyRecorded.Add(line.Line);
            AlreadyAnnulled += effective < line.Occurrence ? 1 : 0;
            return;
        }

        if (permit.Admission.TryAdd(statement.Event) is { } rejection)
        {
            _rejected.Add(new RejectedLine(line.Line, rejection));
            return;
        }

        _admitted.Add((statement, permit.Admission.Count));
    }

    private Permit PermitOf(PermitNumber number)
    {
        if (!_permits.TryGetValue(number, out var permit))
        {
            _permits.Add(number, permit = new Permit(new Admission(_rulebook), []));
        }

        return permit;
    }

    /// <summary>A permit of the batch.</summary>
    /// <param name="Admission">Decides what may be added to its history, the batch's earlier lines included.</param>
    /// <param name="Held">
    /// What the registry held before the batch, by place, whoever recorded it and whatever became of it. What the batch adds does not count: of the
    /// lines that say the same, the first are passed over, as many as are held, and each later one has a greater occurrence than is held
    /// and was added before it.
    /// </param>
    private sealed record Permit(Admission Admission, List<PermitStatement> Held)
    {
        /// <summary>How many of those held say so, and how many of these are not annulled.</summary>
        public (int Held, int Effective) CountLikes(PermitStatement statement)
        {
            var (held, effective) = (0, 0);
            for (var i = 0; i < Held.Count; i++)
            {
                if (Held[i].Equals(statement))
                {
                    held++;
                    effective += Admission.IsAnnulled(i + 1) ? 0 : 1;
                }
            }

            return (held, effective);
        }
    }
}
