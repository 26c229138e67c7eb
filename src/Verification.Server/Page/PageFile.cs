using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Verification.Server.Page;

/// <summary>A file of the page, as it goes out: whole and compressed, made once.</summary>
internal sealed class PageFile
{
    /// <summary>A file.</summary>
    /// <param name="path">Its path on the server.</param>
    /// <param name="contentType">What it is.</param>
    /// <param name="bytes">What is in it.</param>
    public PageFile(string path, string contentType, byte[] bytes)
    {
        Path = path;
        ContentType = contentType;
        Plain = new(bytes, TagOf(bytes, string.Empty), null);

        // The name of an encoding is part of the tag: a cache must not take one for the other.
        Brotli = new(Compress(bytes, to => new BrotliStream(to, CompressionLevel.SmallestSize)), TagOf(bytes, "-br"), "br");
        Gzip = new(Compress(bytes, to => new GZipStream(to, CompressionLevel.SmallestSize)), TagOf(bytes, "-gz"), "gzip");
    }

    /// <summary>Its path on the server.</summary>
    public string Path { get; }

    /// <summary>What it is.</summary>
    public string ContentType { get; }

    private Form Plain { get; }

    private Form Brotli { get; }

    private Form Gzip { get; }

    /// <summary>The smallest form that a request takes.</summary>
    public Form FormFor(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Takes(accepted, "br") ? Brotli : Takes(accepted, "gzip") ? Gzip : Plain;
    }

    private static bool Takes(IEnumerable<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(it => it.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && it.Quality is not 0);

    private static EntityTagHeaderValue TagOf(byte[] bytes, string suffix) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)).AsSpan(0, 16)}{suffix}\"");

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> into)
    {
        using var compressed = new MemoryStream();
        using (var encoder = into(compressed))
        {
            encoder.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <summary>Its bytes in one encoding.</summary>
    /// <param name="Bytes">The bytes.</param>
    /// <param name="Tag">What a browser shows to learn whether it has them already.</param>
    /// <param name="Encoding">The encoding; null for none.</param>
    public sealed record Form(byte[] Bytes, EntityTagHeaderValue Tag, string? Encoding);
}
