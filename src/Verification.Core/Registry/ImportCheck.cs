using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Registry;

/// <summary>
/// Judges a registry file as an import would against the registry as it stands when the check begins, and stores nothing: the file's own
/// events count in. For one file; not safe for concurrent use.
/// </summary>
public sealed class ImportCheck
{
    // As many as one batch of checks asks for, which every store answers in one go.
    private const int PermitsAtOnce = 1_000;

    private readonly IPermitReader _registry;
    private readonly Rulebook _rulebook;
    private readonly IFileEvents _admitted;
    private readonly RegistryHead _start;
    private ImportProgress _progress = ImportProgress.None;

    private ImportCheck(IPermitReader registry, Rulebook rulebook, IFileEvents admitted, RegistryHead start) =>
        (_registry, _rulebook, _admitted, _start) = (registry, rulebook, admitted, start);

    /// <summary>Begins a check.</summary>
    /// <param name="registry">The registry to check against.</param>
    /// <param name="rulebook">The rules to judge by.</param>
    /// <param name="events">Keeps the file's events; empty, and this check's alone.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<ImportCheck> BeginAsync(
        IPermitRegistry registry, Rulebook rulebook, IFileEvents events, CancellationToken cancellationToken) =>
        new(registry, rulebook, events, await registry.ReadHeadAsync(cancellationToken));

    /// <summary>Judges the next batch of the file's lines.</summary>
    /// <returns>What an import would say of them, without a revision.</returns>
    /// <exception cref="RegistryUnavailableException">The registry could not answer, or is another by now.</exception>
    public async Task<ImportBatchResult> JudgeAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        PermitNumber[] numbers = [.. batch.Lines.Where(line => line.Statement is not null).Select(line => line.Statement!.Permit).Distinct()];
        var recorded = await LoadAsync(numbers, cancellationToken);

        // Of each permit first what is recorded, then what the file's earlier lines would add.
        var admission = new BatchAdmission(_rulebook, recorded.Concat(_admitted.Load(numbers)));
        foreach (var line in batch.Lines)
        {
            admission.Add(line);
        }

        _admitted.Add(admission.Admitted);
        _progress = _progress.After(batch, admission, lastRevision: 0);
        return new ImportBatchResult(_progress, admission.Rejected);
    }

    private async Task<List<PermitStatement>> LoadAsync(PermitNumber[] numbers, CancellationToken cancellationToken)
    {
        var statements = new List<PermitStatement>();
        foreach (var some in numbers.Chunk(PermitsAtOnce))
        {
            var snapshot = await _registry.LoadAsync(some, cancellationToken);
            if (snapshot.Head.RegistryId != _start.RegistryId || snapshot.Head.Revision < _start.Revision)
            {
                throw new RegistryUnavailableException("Another registry has taken the place of the one that the file is checked against.");
            }

            foreach (var history in snapshot.Histories.Values)
            {
                // What was recorded since the check began does not count.
                statements.AddRange(history.Events
                    .TakeWhile(recorded => recorded.Revision <= _start.Revision)
                    .Select(recorded => new PermitStatement(history.Number, recorded.Event)));
            }
        }

        return statements;
    }
}
