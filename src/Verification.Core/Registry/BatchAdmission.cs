using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Registry;

/// <summary>
/// Decides a batch of an import line by line: what one line changes is known to the next. Stores use it inside the transaction that
/// read the histories.
/// </summary>
public sealed class BatchAdmission
{
    private readonly Dictionary<PermitNumber, Admission> _admissions = [];
    private readonly Rulebook _rulebook;

    private readonly List<(PermitNumber Permit, int Sequence, PermitEvent Event)> _admitted = [];
    private readonly List<RejectedLine> _rejected = [];

    /// <summary>A batch judged by a rulebook, on permits whose present events are these.</summary>
    /// <exception cref="FormatException">A history does not begin with its issue: it is damaged.</exception>
    public BatchAdmission(Rulebook rulebook, IEnumerable<(PermitNumber Permit, PermitEvent Event)> present)
    {
        _rulebook = rulebook;
        foreach (var (permit, happening) in present)
        {
            AdmissionOf(permit).Replay(happening);
        }
    }

    /// <summary>The events to load, each with its sequence in its permit's history.</summary>
    public IReadOnlyList<(PermitNumber Permit, int Sequence, PermitEvent Event)> Admitted => _admitted;

    /// <summary>The lines not to load, in order.</summary>
    public ImmutableArray<RejectedLine> Rejected => [.. _rejected];

    /// <summary>Decides the next line.</summary>
    public void Add(ImportLine line)
    {
        var admission = line.Event is null ? null : AdmissionOf(line.Permit);
        if ((line.Rejection ?? admission!.TryAdd(line.Event!)) is { } rejection)
        {
            _rejected.Add(new RejectedLine(line.Line, rejection));
        }
        else
        {
            _admitted.Add((line.Permit, admission!.Count, line.Event!));
        }
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
