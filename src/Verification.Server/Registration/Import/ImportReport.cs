using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Verification.Core.Permits;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Contract = Permits.Registry.V1;

namespace Verification.Server.Registration.Import;

/// <summary>Tells the caller of an import how far it is, one message after the other.</summary>
/// <param name="write">Takes a message.</param>
/// <param name="isRepeated">Whether an earlier call has completed the import: what is told is its report.</param>
internal sealed class ImportReport(Func<Contract.ImportEventsResponse, Task> write, bool isRepeated)
{
    /// <summary>The most rejects of one message.</summary>
    public const int MaxRejects = 2_000;

    /// <summary>Tells how far the import is, and the lines rejected since the last message.</summary>
    public async Task WriteAsync(ImportProgress progress, ImmutableArray<RejectedLine> rejects)
    {
        var start = 0;
        do
        {
            var message = Message(progress);
            foreach (var (line, rejection) in rejects.AsSpan(start, Math.Min(MaxRejects, rejects.Length - start)))
            {
                message.Rejects.Add(
                    new Contract.Reject
                    {
                        Line = line,
                        Code = CodeNames.NameOf(rejection.Code),
                        Detail = rejection.Detail.English,
                        DetailZh = rejection.Detail.Chinese,
                    });
            }

            await write(message);
            start += MaxRejects;
        }
        while (start < rejects.Length);
    }

    /// <summary>Tells the file's field names that no event has, where there are any: the last message.</summary>
    public async Task WriteAsync(ImportProgress progress, ImmutableArray<UnknownField> unknownFields)
    {
        if (unknownFields.IsEmpty)
        {
            return;
        }

        var message = Message(progress);
        foreach (var (name, lines, firstLine) in unknownFields)
        {
            message.UnknownFields.Add(new Contract.UnknownField { Name = name, Lines = lines, FirstLine = firstLine });
        }

        await write(message);
    }

    private Contract.ImportEventsResponse Message(ImportProgress progress) => new()
    {
        LinesRead = progress.LinesRead,
        EventsLoaded = progress.EventsLoaded,
        Revision = progress.Revision,
        AlreadyRecorded = progress.AlreadyRecorded,
        AlreadyAnnulled = progress.AlreadyAnnulled,
        ReportRepeated = isRepeated,
        CompletedAt = progress.CompletedAt?.ToTimestamp(),
    };
}
