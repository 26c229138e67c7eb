using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Registry;

/// <summary>
/// Decides a batch of an import line by line: what one line changes is known to the next. Stores use it inside the transaction that
/// read the histories. A line that says what the permit's events say already, as often as the file has said it by then, is passed
/// over (policy §7): so a file may be sent again.
/// </summary>
public sealed class BatchAdmission
{
    private readonly Dictionary<PermitNumber, Admission> _admissions = [];
    private readonly Rulebook _rulebook;

    // How often the registry held what was said before the batch, whoever recorded it and whatever became of it. What the batch adds
    // is not counted: of the lines that say the same, the first are passed over, as many as are held, and each later one has a greater
    // occurrence than is held and was added before it.
    private readonly Dictionary<PermitStatement, int> _held = [];

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
            AdmissionOf(statement.Permit).Replay(statement.Event);
            CollectionsMarshal.GetValueRefOrAddDefault(_held, statement, out _)++;
        }
    }

    /// <summary>The events to load, each with its sequence in its permit's history.</summary>
    public IReadOnlyList<(PermitStatement Statement, int Sequence)> Admitted => _admitted;

    /// <summary>The lines not to load, in order.</summary>
    public ImmutableArray<RejectedLine> Rejected => [.. _rejected];

    /// <summary>The numbers of the lines that are neither to load nor rejected, in order: the registry holds their like.</summary>
    public IReadOnlyList<long> AlreadyRecorded => _alreadyRecorded;

    /// <summary>Decides the next line.</summary>
    public void Add(ImportLine line)
    {
        if (line.Statement is not { } statement)
        {
            _rejected.Add(new RejectedLine(line.Line, line.Rejection!));
            return;
        }

        if (_held.GetValueOrDefault(statement) >= line.Occurrence)
        {
            _alreadyRecorded.Add(line.Line);
            return;
        }

        var admission = AdmissionOf(statement.Permit);
        if (admission.TryAdd(statement.Event) is { } rejection)
        {
            _rejected.Add(new RejectedLine(line.Line, rejection));
            return;
        }

        _admitted.Add((statement, admission.Count));
    }

    private Admission AdmissionOf(PermitNumber permit)
    {
        if (!_admissions.TryGetValue(permit, out var admission))
        {
            _admissions.Add(permit, admission = new Admission(_rulebook));
        }

        return admission;
    }
}
