using System.Text.Encodings.Web;
using System.Text.Json;
using Permits.Registry.V1;

namespace Verification.Cli.Import;

/// <summary>The rejects as NDJSON, one <c>{"line", "code", "detail"}</c> a line, written as they come.</summary>
internal sealed class RejectsFile(Stream? stream) : IAsyncDisposable
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _lines = new();

    /// <summary>
    /// Makes the file anew; without a path nothing is written. Shared with nobody, so it cannot be a file that is open already:
    /// the import's own stays whole.
    /// </summary>
    public static RejectsFile Create(string? path) =>
        new(path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None));

    public async ValueTask WriteAsync(IEnumerable<Reject> rejects, CancellationToken cancellationToken)
    {
        if (stream is null)
            return;
        _lines.SetLength(0);
        foreach (var reject in rejects)
            WriteLine(reject);
        await stream.WriteAsync(_lines.GetBuffer().AsMemory(0, (int)_lines.Length), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (stream is not null)
            await stream.DisposeAsync();
    }

    private void WriteLine(Reject reject)
    {
        using (var json = new Utf8JsonWriter(_lines, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("line", reject.Line);
            json.WriteString("code", reject.Code);
            json.WriteString("detail", Say(reject.Detail, reject.DetailZh.Length > 0 ? reject.DetailZh : reject.Detail));
            json.WriteEndObject();
        }
        _lines.WriteByte((byte)'\n');
    }
}
