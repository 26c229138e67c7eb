using System.Text.Encodings.Web;
using System.Text.Json;
using Verification.Core.Words;

namespace Verification.Server.Page;

/// <summary>The files of the page. They are part of the program, so that it has them wherever it is started from.</summary>
internal static class PageFiles
{
    /// <summary>The page itself.</summary>
    public const string Start = "/index.html";

    /// <summary>Its icon, for browsers that ask for one unasked, too.</summary>
    public const string Icon = "/favicon.svg";

    private const string Prefix = "page:";
    private const string TermsPath = "/page/words/terms.js";

    // Chinese as it is, in two thirds of the bytes.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>All files.</summary>
    public static IEnumerable<PageFile> Read() => Embedded().Append(TheTerms());

    /// <summary>The service's one table of words, as a module: so the page says what errors and permitctl say.</summary>
    private static PageFile TheTerms()
    {
        using var table = Terms.Open();
        using var document = JsonDocument.Parse(table);
        return new PageFile(TermsPath, ContentTypes[".js"], [.. "export const terms = "u8, .. JsonSerializer.SerializeToUtf8Bytes(document, Readable), .. ";\n"u8]);
    }

    private static IEnumerable<PageFile> Embedded()
    {
        var assembly = typeof(PageFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);

            // A build on Windows names folders with its own separator.
            var path = "/" + name[Prefix.Length..].Replace('\\', '/');
            yield return new PageFile(path, ContentTypes[System.IO.Path.GetExtension(path)], bytes);
        }
    }
}
