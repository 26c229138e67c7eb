using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Date = Google.Type.Date;

namespace Verification.Server.Tests.Support;

/// <summary>Calls and answers in short.</summary>
internal static class Calls
{
    private const int FirstBatch = 2_000;

    public static Date Date(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

    /// <summary>A date from YYYY-MM-DD, which need not exist.</summary>
    public static Date Date(string date)
    {
        var parts = date.Split('-').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return Date(parts[0], parts[1], parts[2]);
    }

    public static VerifyPermitRequest Check(string number) => new() { PermitNumber = number };

    public static async Task<Verdict> VerdictAsync(this TestServer server, VerifyPermitRequest check) =>
        (await server.Permits.VerifyPermitAsync(check)).Verdict;

    public static async Task<long> RecordAsync(this TestServer server, PermitEvent happening, string? requestId = null) =>
        (await server.Registry.RecordEventAsync(new RecordEventRequest
        {
            RequestId = requestId ?? Guid.NewGuid().ToString("N"),
            Event = happening,
        })).Revision;

    public static PermitEvent Issued(
        string number, string on, PermitKind kind = PermitKind.WorkResidencePermit, string holder = "") => new()
        {
            PermitNumber = number,
            On = Date(on),
            Issued = new Issued { Kind = kind, HolderId = holder },
        };

    public static PermitEvent SpouseAdded(string number, string on, string passport) => new()
    {
        PermitNumber = number,
        On = Date(on),
        DependantAdded = new DependantAdded { Relation = SubjectRole.Spouse, IdNumber = passport, IdDocument = IdentityDocument.Passport },
    };

    public static async Task<long> RevisionAsync(this TestServer server) =>
        (await server.Registry.GetPermitAsync(new GetPermitRequest { PermitNumber = "BJ000000" })).Revision;

    public static Task<List<ImportEventsResponse>> ImportAsync(this TestServer server, string id, string file) =>
        server.ImportAsync(id, [Encoding.UTF8.GetBytes(file)]);

    public static async Task<List<ImportEventsResponse>> ImportAsync(this TestServer server, string id, IEnumerable<byte[]> pieces)
    {
        using var call = server.Registry.ImportEvents();
        var sending = SendAsync(call, id, pieces);
        var responses = new List<ImportEventsResponse>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            responses.Add(response);
        }

        await sending;
        return responses;
    }

    /// <summary>Sends a file again while the call that was hung up still stores its last batch: until that is over, ABORTED.</summary>
    public static async Task<List<ImportEventsResponse>> ResumeAsync(this TestServer server, string id, IEnumerable<byte[]> pieces)
    {
        List<ImportEventsResponse> responses = [];
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    responses = await server.ImportAsync(id, pieces);
                    return true;
                }
                catch (RpcException conflict) when (conflict.StatusCode == StatusCode.Aborted)
                {
                    Assert.Equal("IMPORT_IN_PROGRESS", conflict.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
                    return false;
                }
            },
            "The last batch is still being stored.");
        return responses;
    }

    /// <summary>Sends the beginning of a file and hangs up, when everything that fills batches was reported.</summary>
    public static async Task ImportUntilAsync(this TestServer server, string id, byte[] file, int length, int size)
    {
        using var hangUp = new CancellationTokenSource();
        using var call = server.Registry.ImportEvents(cancellationToken: hangUp.Token);
        await SendAsync(call, id, Cut(file[..length], size), complete: false);
        var lines = file.AsSpan(0, length).Count((byte)'\n');
        if (lines >= FirstBatch)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await hangUp.CancelAsync();
    }

    public static (long Lines, long Events, long Revision, string Rejects) Report(this List<ImportEventsResponse> responses) => (
        responses[^1].LinesRead,
        responses[^1].EventsLoaded,
        responses[^1].Revision,
        string.Join(' ', responses.SelectMany(response => response.Rejects).Select(reject => $"{reject.Line}:{reject.Code}")));

    /// <summary>The error of a call: its code and its reason.</summary>
    public static async Task<(StatusCode Code, string Reason)> ErrorOfAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.False(error.StatusCode == StatusCode.Internal, error.ToString());
        return (error.StatusCode, error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? string.Empty);
    }

    /// <summary>What a call says is wrong with its fields, as in <c>as_of:MALFORMED_DATE</c>.</summary>
    public static async Task<string> WrongFieldsOfAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        return WrongFieldsOf(error.GetRpcStatus()!);
    }

    public static string WrongFieldsOf(Google.Rpc.Status status) => string.Join(
        ' ',
        status.GetDetail<BadRequest>()!.FieldViolations.Select(violation => $"{violation.Field}:{violation.Reason}"));

    public static IEnumerable<byte[]> Cut(byte[] file, int size) => file.Chunk(size);

    private static async Task SendAsync(
        AsyncDuplexStreamingCall<ImportEventsRequest, ImportEventsResponse> call,
        string id,
        IEnumerable<byte[]> pieces,
        bool complete = true)
    {
        try
        {
            await call.RequestStream.WriteAsync(new ImportEventsRequest { ImportId = id });
            foreach (var piece in pieces)
            {
                await call.RequestStream.WriteAsync(new ImportEventsRequest { Ndjson = ByteString.CopyFrom(piece) });
            }

            if (complete)
            {
                await call.RequestStream.CompleteAsync();
            }
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
            // The server ended the call; the response stream tells why.
            Assert.NotEmpty(ended.Message);
        }
    }
}
