using Google.Protobuf;
using Grpc.Core;
using Permits.Registry.V1;

namespace Verification.Client;

/// <summary>One running import: sends the file on the side while its answers are read, so that neither side waits for the other.</summary>
internal sealed class ImportUpload : IDisposable
{
    private const int ChunkBytes = 128 * 1024;

    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<ImportEventsRequest, ImportEventsResponse> _call;
    private readonly Task _sending;
    private volatile bool _unreadable;

    private ImportUpload(
        RegistryService.RegistryServiceClient registry, ImportEventsRequest first, Stream ndjson, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _call = registry.ImportEvents(cancellationToken: _stop.Token);
        _sending = SendAsync(first, ndjson);
    }

    public ImportEventsResponse Current => _call.ResponseStream.Current;

    /// <summary>Starts it.</summary>
    /// <param name="registry">The service.</param>
    /// <param name="first">The first message, which says what the file is sent for; its bytes come from the file.</param>
    /// <param name="ndjson">The file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static ImportUpload Start(
        RegistryService.RegistryServiceClient registry, ImportEventsRequest first, Stream ndjson, CancellationToken cancellationToken) =>
        new(registry, first, ndjson, cancellationToken);

    /// <summary>Waits for the next answer; at the end, makes sure that the whole file was sent.</summary>
    public async Task<bool> MoveNextAsync()
    {
        try
        {
            if (await _call.ResponseStream.MoveNext(CancellationToken.None))
                return true;
        }
        catch (RpcException) when (_unreadable)
        {
            // The file could not be read, and that ended the call: it is the cause to tell.
            await _sending;
        }
        await _sending;
        return false;
    }

    /// <summary>Ends the call if it still runs, and waits until the file is no longer read.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _call.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(ImportEventsRequest first, Stream ndjson)
    {
        var buffer = new byte[ChunkBytes];
        var request = first;
        int read;
        while ((read = await ReadAsync(ndjson, buffer)) > 0)
        {
            request.Ndjson = ByteString.CopyFrom(buffer, 0, read);
            await WriteAsync(request);
            request = new ImportEventsRequest();
        }
        // An empty file is an import too.
        if (ReferenceEquals(request, first))
            await WriteAsync(request);
        await _call.RequestStream.CompleteAsync();
    }

    private async Task<int> ReadAsync(Stream ndjson, byte[] buffer)
    {
        try
        {
            return await ndjson.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, _stop.Token);
        }
        catch (IOException)
        {
            _unreadable = true;
            await _stop.CancelAsync();
            throw;
        }
    }

    /// <summary>Sends a piece. A connection that breaks under it is a failed call, never a file that cannot be read.</summary>
    private async Task WriteAsync(ImportEventsRequest request)
    {
        try
        {
            await _call.RequestStream.WriteAsync(request, _stop.Token);
        }
        catch (IOException broken)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The connection broke while the file was sent.", broken));
        }
    }
}
