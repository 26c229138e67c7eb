using System.Globalization;
using System.Security.Cryptography;
using Verification.Cli.Shell;

namespace Verification.Cli.Import;

/// <summary>A file to send: named by its bytes, its lines counted, standing at its start.</summary>
internal sealed class ImportFile : IAsyncDisposable
{
    private const int BufferBytes = 128 * 1024;

    private ImportFile(FileStream content, string id, long lines) => (Content, Id, Lines) = (content, id, lines);

    public FileStream Content { get; }

    /// <summary>SHA-256 of the bytes, in hexadecimal: the same file resumes the same import.</summary>
    public string Id { get; }

    /// <summary>Names one more import of the same file, begun at an instant: nothing resumes it.</summary>
    public string IdAt(DateTimeOffset instant) => string.Create(CultureInfo.InvariantCulture, $"{Id}-{instant.UtcDateTime:yyyyMMdd'T'HHmmss.fffffff'Z'}");

    /// <summary>How many lines there are; the last one needs no line end.</summary>
    public long Lines { get; }

    /// <summary>Opens a file; <c>-</c> is the standard input. What cannot be read twice is kept in a private file on the way.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="standardInput">The standard input.</param>
    /// <param name="expected">What the file must be, for a message.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UsageException">It is no text.</exception>
    public static async Task<ImportFile> OpenAsync(string path, Stream standardInput, string expected, CancellationToken cancellationToken)
    {
        if (path == "-")
            return await SpoolAsync(standardInput, expected, cancellationToken);
        var file = new FileStream(path, new FileStreamOptions { Share = FileShare.Read, Options = FileOptions.Asynchronous, BufferSize = 0 });
        if (!file.CanSeek)
        {
            await using (file)
                return await SpoolAsync(file, expected, cancellationToken);
        }
        return await ReadAsync(file, file, copyTo: null, expected, cancellationToken);
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();

    private static Task<ImportFile> SpoolAsync(Stream source, string expected, CancellationToken cancellationToken)
    {
        var spool = SpoolFile.Create();
        return ReadAsync(source, spool, copyTo: spool, expected, cancellationToken);
    }

    private static async Task<ImportFile> ReadAsync(
        Stream source, FileStream content, FileStream? copyTo, string expected, CancellationToken cancellationToken)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferBytes];
            var (length, lines, last, read) = (0L, 0L, (byte)'\n', 0);
            // A pipe with a silent writer cannot be told to stop reading; the wait for it can.
            while ((read = await source.ReadAtLeastAsync(buffer, FileForm.Start, throwOnEndOfStream: false, cancellationToken)
                .AsTask().WaitAsync(cancellationToken)) > 0)
            {
                if (length == 0)
                    FileForm.Check(buffer.AsSpan(0, read), expected);
                length += read;
                hash.AppendData(buffer, 0, read);
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
                last = buffer[read - 1];
                if (copyTo is not null)
                    await copyTo.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            content.Position = 0;
            return new ImportFile(content, Convert.ToHexStringLower(hash.GetHashAndReset()), last == '\n' ? lines : lines + 1);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }
}
