using System.Runtime.CompilerServices;
using Grpc.Core;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules;
using Verification.Server.Rpc.Import;
using Contract = Permits.Registry.V1;

namespace Verification.Server.Rpc;

/// <summary>The calls of the issuing authority, which records what happened to permits.</summary>
internal sealed class RegistryRpc(
    IPermitRegistry registry, IdentityDigester digester, RegistryImport import, TimeProvider timeProvider)
    : Contract.RegistryService.RegistryServiceBase
{
    private const int MaxRequestId = 64;
    private const int MaxImportId = 128;

    private readonly EventReader _events = new(digester);

    /// <inheritdoc/>
    public override async Task<Contract.RecordEventResponse> RecordEvent(
        Contract.RecordEventRequest request, ServerCallContext context)
    {
        var fields = new FieldReader();
        var requestId = fields.Id("request_id", request.RequestId, MaxRequestId);
        var (permit, happening) = _events.Read(request.Event, Calendar.DateInBeijing(timeProvider.GetUtcNow()), fields);
        fields.ThrowIfWrong();

        var append = new EventAppend(requestId, permit, happening!, Asker.Of(context).Name);
        var result = await registry.AppendAsync(append, context.CancellationToken);
        return result.Rejection is { } rejection
            ? throw RpcErrors.Refused(rejection)
            : new Contract.RecordEventResponse { Revision = result.Revision, AlreadyRecorded = result.AlreadyRecorded };
    }

    /// <inheritdoc/>
    public override async Task ImportEvents(
        IAsyncStreamReader<Contract.ImportEventsRequest> requestStream,
        IServerStreamWriter<Contract.ImportEventsResponse> responseStream,
        ServerCallContext context)
    {
        using var reading = import.StoppingWith(context.CancellationToken);
        var importId = await requestStream.MoveNext(reading.Token) ? requestStream.Current.ImportId : string.Empty;
        var fields = new FieldReader();
        fields.Id("import_id", importId, MaxImportId);
        fields.ThrowIfWrong();

        await import.RunAsync(
            importId,
            Pieces(requestStream, importId, reading.Token),
            Asker.Of(context).Name,
            response => responseStream.WriteAsync(response, context.CancellationToken),
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Contract.GetPermitResponse> GetPermit(Contract.GetPermitRequest request, ServerCallContext context)
    {
        var fields = new FieldReader();
        var number = fields.PermitNumber("permit_number", request.PermitNumber);
        if (request.HasRevision && request.Revision < 0)
        {
            fields.Refuse("revision", ErrorReasons.InvalidRevision, "Revisions count from 0.");
        }

        fields.ThrowIfWrong();
        var load = await registry.LoadAsync(number, context.CancellationToken);
        var wish = new KnowledgeWish(AtLeast: null, KnownAt: request.HasRevision ? request.Revision : null);
        var revision = wish.RevisionIn(load.Head);

        var answer = new Contract.GetPermitResponse { PermitNumber = number.ToString(), Revision = revision };
        foreach (var recorded in load.History?.AsKnownAt(revision)?.Events ?? [])
        {
            answer.Events.Add(EventWriter.Write(number, recorded));
        }

        return answer;
    }

    /// <summary>The pieces of the file, from the message that was read already.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(
        IAsyncStreamReader<Contract.ImportEventsRequest> requests,
        string importId,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var message = requests.Current;
            if (message.ImportId.Length > 0 && message.ImportId != importId)
            {
                var fields = new FieldReader();
                fields.Refuse("import_id", ErrorReasons.InvalidId, "It stays the same for the whole call.");
                fields.ThrowIfWrong();
            }

            yield return message.Ndjson.Memory;
        }
        while (await requests.MoveNext(cancellationToken));
    }
}
