using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Server.Checks.Again;
using Verification.Server.Messages;
using Contract = Permits.Audit.V1;

namespace Verification.Server.AuditReading;

/// <summary>Which records are asked again.</summary>
/// <param name="Search">Those that it finds; null where they are named.</param>
/// <param name="Ids">Those that are named.</param>
/// <param name="OneIn">One in so many of them, chosen at random; 0 and 1 mean all.</param>
internal sealed record ReplaySelection(Search? Search, ImmutableArray<CheckId> Ids, int OneIn)
{
    // What is asked again is told in the record of the call, which has room for some.
    private const int MaxIds = 10;

    /// <summary>The same in words, for the record of the call.</summary>
    public string Text =>
        (Search?.Text ?? $"check_ids={string.Join(',', Ids)}")
        + (OneIn > 1 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" sample_one_in={OneIn}") : string.Empty);

    /// <summary>Reads a selection. What is wrong with it is noted in <paramref name="fields"/>; it is then not to be used.</summary>
    public static ReplaySelection Read(Contract.ReplayRequest request, FieldReader fields)
    {
        if (request.SampleOneIn < 0)
        {
            fields.Refuse("sample_one_in", FieldFault.NoSample());
        }

        if (request.CheckIds is not { Values: var ids })
        {
            return new ReplaySelection(Search.Read(request.Query, fields), [], request.SampleOneIn);
        }

        if (ids.Count > MaxIds)
        {
            fields.Refuse("check_ids.values", FieldFault.TooManyChecks(MaxIds));
            return new ReplaySelection(null, [], request.SampleOneIn);
        }

        return new ReplaySelection(
            null, [.. ids.Select((id, i) => fields.CheckId($"check_ids.values[{i}]", id))], request.SampleOneIn);
    }

    /// <summary>The records.</summary>
    public IAsyncEnumerable<StoredRecord> FindAsync(IAuditRecords records, RecordFinder finder, CancellationToken cancellationToken) =>
        Search is not null ? records.FindAsync(Search.Query, cancellationToken) : FindEachAsync(finder, cancellationToken);

    private async IAsyncEnumerable<StoredRecord> FindEachAsync(RecordFinder finder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in Ids)
        {
            yield return await finder.FindAsync(id, _ => true, cancellationToken);
        }
    }
}
